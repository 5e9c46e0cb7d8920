package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Whether equal completions of a prompt carry equal log-probabilities.
final class DisagreementCheck implements Check<DisagreementCheck> {
  private static final long serialVersionUID = 1;
  private static final double TOLERANCE = 1e-2;

  private final Occurrences places = new Occurrences();
  private double largest;

  @Override
  public void look(PromptDraws prompt, long position) {
    var first = new double[prompt.draws().size()];
    Arrays.fill(first, Double.NaN);
    for (int i = 0; i < first.length; i++) {
      double value = prompt.logProbability(i);
      if (Double.isFinite(value)) {
        double known = first[prompt.outcome(i)];
        if (Double.isNaN(known)) {
          first[prompt.outcome(i)] = value;
        } else if (Math.abs(known - value) > TOLERANCE) {
          largest = Math.max(largest, Math.abs(known - value));
          places.add(position, prompt.draws().get(i).place());
        }
      }
    }
  }

  @Override
  public void merge(DisagreementCheck other) {
    places.merge(other.places);
    largest = Math.max(largest, other.largest);
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
