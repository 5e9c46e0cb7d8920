package topdraw.advice;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Prompts made up for tests.
final class Drawn {
  private Drawn() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static ScoredPrompts of(List<Scored> prompts) {
    return new ScoredPrompts(prompts, Confidence.DEFAULT, Optional.empty());
  }

  static Scored rewards(double... rewards) {
    return new Scored(rewards, new double[0]);
  }

  /// Rewards of 0 and 1 at a rate.
  static Scored passes(double rate, int draws, RandomGenerator random) {
    return rewards(
        IntStream.range(0, draws).mapToDouble(_ -> random.nextDouble() < rate ? 1 : 0).toArray());
  }

  static Optional<Finding> find(Advice.Row row, Quantity quantity, Role role) {
    return row.findings().stream()
        .filter(finding -> finding.quantity() == quantity && finding.role() == role)
        .findFirst();
  }

  static double value(Advice.Row row, Quantity quantity) {
    return find(row, quantity, Role.VALUE).orElseThrow().value();
  }

  static boolean proves(Finding finding) {
    return finding.evidence() == Evidence.THEOREM;
  }
}
