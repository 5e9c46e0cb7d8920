package topdraw.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.LogProbabilityEvidence;

/// Whether completions repeat as often as their probabilities predict: an e-value against
/// "independent draws with these probabilities". Source: ours, `log_p_evidence`.
final class EvidenceCheck implements Check<EvidenceCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "repeats";
  private static final double LOG_20 = Math.log(20);

  private final ArrayList<UnorderedSum> logCapitals = new ArrayList<>();
  private final Occurrences repeats = new Occurrences();
  private final UnorderedSum predicted = new UnorderedSum();
  private boolean impossible;
  private long prompts;

  EvidenceCheck() {
    LogProbabilityEvidence.none()
        .logCapitals()
        .forEach(share -> logCapitals.add(new UnorderedSum()));
  }

  @Override
  public void look(PromptDraws prompt, long position) {
    double[] logP = prompt.logProbabilities();
    if (Arrays.stream(logP).anyMatch(Double::isInfinite)) {
      return;
    }
    int[] outcomes = prompt.outcomes();
    prompts++;
    // Every prompt starts with capitals of 1, and their products are the same in any order.
    LogProbabilityEvidence alone = LogProbabilityEvidence.none().after(outcomes, logP);
    impossible |= alone.impossible();
    for (int j = 0; j < logCapitals.size(); j++) {
      logCapitals.get(j).add(alone.logCapitals().get(j));
    }
    predict(prompt, position, outcomes, logP);
  }

  /// Before each draw the chance of a repeat is the mass already seen.
  private void predict(PromptDraws prompt, long position, int[] outcomes, double[] logP) {
    var seen = new boolean[outcomes.length];
    double mass = 0;
    double likely = 0;
    for (int i = 0; i < outcomes.length; i++) {
      likely += Math.min(1, mass);
      if (seen[outcomes[i]]) {
        repeats.add(position, prompt.draws().get(i).place());
      } else {
        seen[outcomes[i]] = true;
        mass += Math.exp(logP[i]);
      }
    }
    predicted.add(likely);
  }

  @Override
  public void merge(EvidenceCheck other) {
    prompts += other.prompts;
    impossible |= other.impossible;
    repeats.merge(other.repeats);
    predicted.merge(other.predicted);
    for (int j = 0; j < logCapitals.size(); j++) {
      logCapitals.get(j).merge(other.logCapitals.get(j));
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (prompts == 0) {
      return Optional.empty();
    }
    double logValue =
        new LogProbabilityEvidence(
                logCapitals.stream().map(UnorderedSum::value).toList(), impossible)
            .logValue();
    String counts =
        "%d repeats where the log-probabilities predict %.3g; log e-value %.3g"
            .formatted(repeats.count(), predicted.value(), logValue);
    return Optional.of(
        logValue < LOG_20
            ? Verdict.ok(NAME, counts + " (3.00 would refute)")
            : Verdict.refuse(
                NAME,
                counts
                    + ": refutes independent draws with these log-probabilities at the 5 % level",
                repeats.first(),
                Withholds.LOG_PROBABILITIES));
  }
}
