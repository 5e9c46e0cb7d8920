package topdraw.words;

import java.util.Set;
import topdraw.estimate.GoldStudy;
import topdraw.plan.PilotPlanner;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;

/// Where a finding comes from, with the number of prompts behind it.
public final class Attribution {
  /// Their prompts are told by the heading over them.
  private static final Set<Estimator> TOLD_ABOVE =
      Set.of(
          GoldStudy.BAND,
          GoldStudy.STATED_RANGE,
          GoldStudy.FIT_ON_FORMULA,
          GoldStudy.FIT_ON_ESTIMATE);

  private Attribution() {}

  /// The source in words.
  ///
  /// @param finding the finding
  /// @return such as `pool_kl, mean over 12 prompts`
  public static String of(Finding finding) {
    Estimator source = finding.source();
    if (finding.prompts().isEmpty() || TOLD_ABOVE.contains(source)) {
      return source.title();
    }
    String prompts = Counted.of(finding.prompts().getAsLong(), "prompt");
    if (source.equals(PilotPlanner.FIXED_SEQUENCE)) {
      return "betting over " + prompts + ", fixed-sequence";
    }
    boolean certificate =
        finding.evidence() == Evidence.THEOREM && finding.confidence().isPresent();
    return source.title() + (certificate ? ", " : ", mean over ") + prompts;
  }
}
