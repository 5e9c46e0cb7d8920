package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.LogProbabilityEvidence;

/// Whether completions repeat as often as their probabilities predict: an e-value against
/// "independent draws with these probabilities". Source: ours, `log_p_evidence`.
final class EvidenceCheck implements Check {
  private static final String NAME = "repeats";
  private static final double LOG_20 = Math.log(20);

  private LogProbabilityEvidence evidence = LogProbabilityEvidence.none();
  private final Occurrences repeats = new Occurrences();
  private long prompts;
  private double predicted;

  @Override
  public void look(PromptDraws prompt) {
    double[] logP = prompt.logProbabilities();
    if (Arrays.stream(logP).anyMatch(Double::isInfinite)) {
      return;
    }
    int[] outcomes = prompt.outcomes();
    prompts++;
    evidence = evidence.after(outcomes, logP);
    predict(prompt, outcomes, logP);
  }

  /// Before each draw the chance of a repeat is the mass already seen.
  private void predict(PromptDraws prompt, int[] outcomes, double[] logP) {
    var seen = new boolean[outcomes.length];
    double mass = 0;
    for (int i = 0; i < outcomes.length; i++) {
      predicted += Math.min(1, mass);
      if (seen[outcomes[i]]) {
        repeats.add(prompt.draws().get(i).place());
      } else {
        seen[outcomes[i]] = true;
        mass += Math.exp(logP[i]);
      }
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (prompts == 0) {
      return Optional.empty();
    }
    String counts =
        "%d repeats where the log-probabilities predict %.3g; log e-value %.3g"
            .formatted(repeats.count(), predicted, evidence.logValue());
    return Optional.of(
        evidence.logValue() < LOG_20
            ? Verdict.ok(NAME, counts + " (3.00 would refute)")
            : Verdict.refuse(
                NAME,
                counts
                    + ": refutes independent draws with these log-probabilities at the 5 % level",
                repeats.first(),
                Withholds.LOG_PROBABILITIES));
  }
}
