package topdraw.audit;

import java.util.HashMap;
import java.util.Map;
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
    Map<String, Double> first = new HashMap<>();
    for (Sample sample : prompt.samples()) {
      if (sample.usableLogProbability().isPresent()) {
        double value = sample.usableLogProbability().getAsDouble();
        Double known = first.putIfAbsent(sample.outcome(), value);
        double difference = known == null ? 0 : Math.abs(known - value);
        if (difference > TOLERANCE) {
          largest = Math.max(largest, difference);
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
