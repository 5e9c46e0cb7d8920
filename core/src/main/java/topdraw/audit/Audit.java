package topdraw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.audit.Verdict.Level;
import topdraw.draw.PromptDraws;

/// Every check over a recording, prompt by prompt. A number whose data fail a check is withheld
/// with that check's reason.
public final class Audit {
  private final List<Check> checks;

  /// An audit of samples under some rewards.
  ///
  /// @param rewards the rewards that the estimates will use, the one that selects first
  public Audit(List<String> rewards) {
    checks =
        new ArrayList<>(
            List.of(
                new DrawsCheck(),
                new LogProbabilityMeaningCheck(),
                new LogProbabilityRangeCheck(),
                new MassCheck(),
                new EvidenceCheck(),
                new DisagreementCheck(),
                new ReplayCheck(),
                new SeedCheck(),
                new OriginCheck(),
                new TruncationCheck()));
    rewards.stream().limit(1).map(RewardAgreementCheck::new).forEach(checks::add);
    rewards.forEach(
        reward -> {
          checks.add(new MissingRewardCheck(reward));
          checks.add(new FlatRewardCheck(reward));
        });
  }

  /// Looks at the samples of one prompt.
  ///
  /// @param prompt its samples
  public void look(PromptDraws prompt) {
    checks.forEach(check -> check.look(prompt));
  }

  /// What the checks found so far.
  ///
  /// @return one verdict per check that had something to look at
  public List<Verdict> verdicts() {
    return checks.stream().map(Check::verdict).flatMap(Optional::stream).toList();
  }

  /// Why some numbers may not be printed.
  ///
  /// @param verdicts verdicts of an audit
  /// @param withholds the kind of number
  /// @return the reason of the first refusal of that kind, if there is one
  public static Optional<String> refusal(List<Verdict> verdicts, Withholds withholds) {
    return verdicts.stream()
        .filter(v -> v.level() == Level.REFUSE && v.withholds() == withholds)
        .map(Verdict::reason)
        .findFirst();
  }
}
