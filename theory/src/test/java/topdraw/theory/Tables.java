package topdraw.theory;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.numeric.LogSpace;

/// Random tables of every shape that has broken a bound before, and random `n`: the same seed gives
/// the same, so that the name of a failing test replays it.
public record Tables(double[] logP, double[] rewards, RandomGenerator random) {

  public static LongStream seeds() {
    return seeds(300);
  }

  /// Seeds from 0; fewer where `topdraw.seeds` says so, as mutation testing does.
  public static LongStream seeds(int most) {
    return LongStream.range(0, Math.min(most, Integer.getInteger("topdraw.seeds", most)));
  }

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A table of one of nine shapes; every third has equal rewards.
  public static Tables of(long seed) {
    RandomGenerator random = random(seed);
    int size = (int) Math.exp(random.nextDouble(0, Math.log(200)));
    return ranked(logWeights((int) (seed % 9), size, random), seed % 3 == 1, random);
  }

  /// A table small enough to enumerate every tuple of draws.
  public static Tables small(long seed) {
    RandomGenerator random = random(seed);
    int size = random.nextInt(2, 5);
    return ranked(logWeights((int) (seed % 9) / 3, size, random), seed % 2 == 1, random);
  }

  private static Tables ranked(double[] weights, boolean ties, RandomGenerator random) {
    double logTotal = LogSpace.logSumExp(weights);
    double[] logP = Arrays.stream(weights).map(w -> w - logTotal).toArray();
    double[] rewards =
        ties
            ? random.ints(logP.length, 0, 1 + logP.length / 2).asDoubleStream().toArray()
            : IntStream.range(0, logP.length).asDoubleStream().toArray();
    return new Tables(logP, rewards, random);
  }

  private static double[] logWeights(int shape, int size, RandomGenerator random) {
    double[] zipf = IntStream.rangeClosed(1, size).mapToDouble(i -> -Math.log(i)).toArray();
    return switch (shape) {
      case 0 -> dirichlet(1, size, random);
      case 1 -> dirichlet(0.1, size, random);
      case 2 -> dirichlet(20, size, random);
      case 3 -> DoubleStream.generate(() -> random.nextDouble(-60, 0)).limit(size).toArray();
      case 4 -> {
        double ratio = random.nextDouble(-3, 3);
        yield IntStream.range(0, size).mapToDouble(i -> i * ratio).toArray();
      }
      case 5 -> zipf;
      case 6 -> IntStream.range(0, size).mapToDouble(i -> zipf[size - 1 - i]).toArray();
      case 7 -> { // an atom, on top or at the bottom, and the rest nearly continuous
        var weights = new double[size + 1];
        weights[random.nextBoolean() ? 0 : size] = random.nextDouble(-12, 12);
        yield weights;
      }
      default -> DoubleStream.generate(() -> random.nextDouble(-2000, 0)).limit(size).toArray();
    };
  }

  private static double[] dirichlet(double shape, int size, RandomGenerator random) {
    return DoubleStream.generate(() -> logGamma(shape, random)).limit(size).toArray();
  }

  /// The logarithm of a gamma variate. Source: Marsaglia and Tsang (2000); below shape 1 boosted.
  private static double logGamma(double shape, RandomGenerator random) {
    double boost = shape < 1 ? Math.log(random.nextDouble(1e-300, 1)) / shape : 0;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0
          && Math.log(random.nextDouble(1e-300, 1)) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return Math.log(d * v) + boost;
      }
    }
  }

  public OutcomeTable table() {
    return OutcomeTable.of(logP, rewards);
  }

  /// A whole number of draws, log-uniform from 1 to a million.
  public int wholeN() {
    return (int) Math.exp(random.nextDouble(0, Math.log(1e6)));
  }

  /// A fractional number of draws, log-uniform from 1 to a thousand million.
  public double realN() {
    return Math.exp(random.nextDouble(0, Math.log(1e9)));
  }

  /// Every sequence of `length` outcomes.
  public static void forEachTuple(int size, int length, Consumer<int[]> visit) {
    var tuple = new int[length];
    for (long code = 0; code < Math.pow(size, length); code++) {
      long rest = code;
      for (int i = 0; i < length; i++) {
        tuple[i] = (int) (rest % size);
        rest /= size;
      }
      visit.accept(tuple.clone());
    }
  }

  public double probability(int[] tuple) {
    return Math.exp(Arrays.stream(tuple).mapToDouble(i -> logP[i]).sum());
  }

  /// The first of the largest rewards among the first `n`.
  public int best(int[] tuple, int n) {
    int best = tuple[0];
    for (int i = 1; i < n; i++) {
      best = rewards[tuple[i]] > rewards[best] ? tuple[i] : best;
    }
    return best;
  }
}
