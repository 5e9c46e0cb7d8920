package topdraw.search;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Random tables of the shapes that have broken a bound before, and small changes to a table.
final class TableShapes {
  private static final int SHAPES = 7;
  private static final int MOST_OUTCOMES = 200;

  private final RandomGenerator random;

  TableShapes(RandomGenerator random) {
    this.random = random;
  }

  /// A whole number of draws, log-uniform from `least` to a million; every third time a small one.
  int draws(int least) {
    return random.nextInt(3) == 0
        ? random.nextInt(least, least + 8)
        : (int) Math.max(least, Math.exp(random.nextDouble(0, Math.log(1e6))));
  }

  /// Log weights of a random shape.
  double[] logWeights() {
    int size = (int) Math.exp(random.nextDouble(Math.log(2), Math.log(MOST_OUTCOMES)));
    return switch (random.nextInt(SHAPES)) {
      case 0 -> each(size, i -> Math.log(random.nextExponential()));
      case 1 -> each(size, i -> 10 * Math.log(1 - random.nextDouble()));
      case 2 -> each(size, i -> 0.2 * random.nextGaussian());
      case 3 -> each(size, i -> random.nextDouble(-60, 0));
      case 4 -> {
        double ratio = random.nextDouble(-3, 3);
        yield each(size, i -> i * ratio);
      }
      case 5 -> {
        double power = random.nextDouble(-3, 3);
        yield each(size, i -> power * Math.log(i + 1.0));
      }
      default -> { // one outcome apart, at either end, and the rest nearly continuous
        var weights = new double[size + 1];
        weights[random.nextBoolean() ? 0 : size] = random.nextDouble(-12, 12);
        yield weights;
      }
    };
  }

  private static double[] each(int size, IntToDoubleFunction weight) {
    return IntStream.range(0, size).mapToDouble(weight).toArray();
  }

  /// Weights changed by about `step` in their logarithms: one, all, or the number of outcomes.
  double[] changed(double[] weights, double step) {
    int at = random.nextInt(weights.length);
    return switch (random.nextInt(5)) {
      case 0, 1 -> {
        double[] changed = weights.clone();
        changed[at] += step * random.nextGaussian();
        yield changed;
      }
      case 2 -> Arrays.stream(weights).map(w -> w + step * random.nextGaussian()).toArray();
      case 3 -> split(weights, at);
      default -> weights.length > 1 ? without(weights, at) : weights.clone();
    };
  }

  /// One outcome halved: what makes a part of a table finer.
  private static double[] split(double[] weights, int at) {
    double half = weights[at] - Math.log(2);
    return weights.length == MOST_OUTCOMES
        ? weights.clone()
        : join(Arrays.copyOf(weights, at), DoubleStream.of(half, half), weights, at + 1);
  }

  private static double[] without(double[] weights, int at) {
    return join(Arrays.copyOf(weights, at), DoubleStream.empty(), weights, at + 1);
  }

  private static double[] join(double[] head, DoubleStream middle, double[] weights, int from) {
    return DoubleStream.concat(
            DoubleStream.concat(Arrays.stream(head), middle),
            Arrays.stream(weights, from, weights.length))
        .toArray();
  }

  /// A number of draws near another.
  int changed(int n, int least, double step) {
    if (random.nextInt(4) != 0) {
      return n;
    }
    double near = n * Math.exp(step * random.nextGaussian()) + random.nextInt(-1, 2);
    return Math.clamp(Math.round(near), least, 1_000_000);
  }
}
