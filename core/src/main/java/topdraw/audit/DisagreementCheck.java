package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Whether equal completions of a prompt carry equal log-probabilities.
final class DisagreementCheck implements Check {
  private static final double TOLERANCE = 1e-2;

  private final Places places = new Places();
  private double largest;

  @Override
  public void look(PromptSamples prompt) {
    int[] outcomes = prompt.outcomes();
    var first = new double[outcomes.length];
    Arrays.fill(first, Double.NaN);
    for (int i = 0; i < outcomes.length; i++) {
      Sample sample = prompt.samples().get(i);
      if (sample.usableLogProbability().isPresent()) {
        double value = sample.usableLogProbability().getAsDouble();
        double known = first[outcomes[i]];
        if (Double.isNaN(known)) {
          first[outcomes[i]] = value;
        } else if (Math.abs(known - value) > TOLERANCE) {
          largest = Math.max(largest, Math.abs(known - value));
          places.add(sample.place());
        }
      }
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    return places.count() == 0
        ? Optional.empty()
        : Optional.of(
            Verdict.warn(
                "log-probability agreement",
                "equal completions carry different log-probabilities, by up to %.3g nats; the first counts"
                    .formatted(largest),
                places.first()));
  }
}
