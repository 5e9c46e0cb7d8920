package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The choice draws least of everything that meets the targets: all methods with all their settings
/// are gone through, their numbers from the densities of what is returned for uniform rewards.
class TheoryOptimumTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  /// What a setting gives and costs.
  private record Numbers(Method method, double winRate, double kl, double draws) {}

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingThatMeetsTheTargetsDrawsLess(long seed) {
    var random = new Random(seed);
    double wanted = random.nextDouble(0.55, 0.96);
    double n = wanted / (1 - wanted);
    double least = Math.log(n) - 1 + 1 / n;
    OptionalDouble kl =
        random.nextInt(3) > 0
            ? OptionalDouble.of(least * random.nextDouble(0.9, 1.25) + 0.01)
            : NONE;
    OptionalDouble draws =
        random.nextInt(3) == 0 ? OptionalDouble.of(n * random.nextDouble(0.5, 1.2) + 1) : NONE;
    Set<Method> methods = EnumSet.allOf(Method.class);
    methods.removeIf(method -> random.nextInt(4) == 0 && method != Method.BEST_OF_N);
    var targets = new Targets(OptionalDouble.of(wanted), NONE, kl, draws);
    Optional<Setting> choice =
        TheoryPlanner.plan(targets, methods).choice().map(Plan.Option::setting);

    Optional<Numbers> best =
        all(wanted).stream()
            .filter(one -> methods.contains(one.method()))
            .filter(one -> one.kl() <= kl.orElse(1e9) && one.draws() <= draws.orElse(1e9))
            .min(Comparator.comparingDouble(Numbers::draws));
    assertThat(choice.isPresent()).as("%s", targets).isEqualTo(best.isPresent());
    if (best.isPresent()) {
      Numbers chosen = numbers(choice.orElseThrow());
      assertThat(chosen.winRate()).isGreaterThan(wanted - 1e-6);
      assertThat(chosen.kl()).isLessThan(kl.orElse(1e9) + 1e-6);
      // What is gone through in steps may miss the best by a step.
      assertThat(chosen.draws())
          .as("%s with %s: %s, but %s", targets, methods, choice, best)
          .isBetween(best.get().draws() * 0.995, best.get().draws() * (1 + 1e-6));
    }
  }

  /// Every setting that wins so often: each whole number of draws, each cap with the least share
  /// that does, and means in small steps.
  private static List<Numbers> all(double wanted) {
    List<Numbers> all = new ArrayList<>();
    double most = wanted / (1 - wanted);
    for (int n = 1; n < 2 * most + 2; n++) {
      Numbers best = earlyStop(Method.BEST_OF_N, n, 1e-9);
      if (n / (n + 1.0) >= wanted - 1e-12) {
        all.add(new Numbers(Method.BEST_OF_N, n / (n + 1.0), best.kl(), n));
      }
    }
    for (int cap = Math.max(2, (int) Math.ceil(most - 1e-9)); cap <= 64 * (most + 2); cap++) {
      double low = 0;
      double high = 1;
      for (int i = 0; i < 60; i++) {
        double z = (low + high) / 2;
        boolean reaches = earlyStop(Method.EARLY_STOP, cap, z).winRate() >= wanted;
        low = reaches ? z : low;
        high = reaches ? high : z;
      }
      if (low > 0) {
        all.add(earlyStop(Method.EARLY_STOP, cap, low));
      }
    }
    for (double mu = 0.002; mu < 3 * most + 3; mu *= 1.002) {
      Numbers poisson = poisson(mu);
      if (poisson.winRate() >= wanted) {
        all.add(poisson);
      }
    }
    all.add(rewind(2 * (1 - wanted)));
    return all;
  }

  private static Numbers numbers(Setting setting) {
    return switch (setting) {
      case Setting.BestOfN(long n) ->
          new Numbers(Method.BEST_OF_N, n / (n + 1.0), Math.log(n) - 1 + 1.0 / n, n);
      case Setting.EarlyStop(long cap, double z) -> earlyStop(Method.EARLY_STOP, cap, z);
      case Setting.RewindAndRepeat(double z) -> rewind(z);
      case Setting.BestOfPoisson(double mu) -> poisson(mu);
      case Setting.StopAt _ -> throw new AssertionError("theory knows no threshold");
    };
  }

  private static Numbers rewind(double z) {
    return new Numbers(Method.REWIND_AND_REPEAT, 1 - z / 2, -Math.log(z), 1 / z);
  }

  /// The density is `m u^(m-1)` below `q = 1 - z`, and constant above.
  private static Numbers earlyStop(Method method, double m, double z) {
    double q = 1 - z;
    double none = Math.pow(q, m);
    double above = (1 - none) / z;
    double winRate = m / (m + 1) * none * q + above * (1 - q * q) / 2;
    double below = q == 0 ? 0 : none * (Math.log(m) + (m - 1) * Math.log(q) - (m - 1) / m);
    return new Numbers(method, winRate, below + (1 - none) * Math.log(above), above);
  }

  /// The density is `(1 + μu) exp(-μ(1-u))`, added up in the middle of 2,000 parts.
  private static Numbers poisson(double mu) {
    double winRate = 0;
    double kl = 0;
    int parts = 2000;
    for (int i = 0; i < parts; i++) {
      double u = (i + 0.5) / parts;
      double density = (1 + mu * u) * Math.exp(-mu * (1 - u));
      winRate += u * density / parts;
      kl += density * Math.log(density) / parts;
    }
    return new Numbers(Method.BEST_OF_POISSON, winRate, kl, 1 + mu);
  }
}
