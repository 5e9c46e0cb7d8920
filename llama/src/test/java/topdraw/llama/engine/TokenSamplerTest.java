package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.reference.Sampling;

class TokenSamplerTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// Logits of all shapes: flat and steep, ties, and tokens that can never be drawn.
  private static float[] logits(RandomGenerator random, int size) {
    var logits = new float[size];
    double spread = Math.exp(random.nextDouble(-3, 4));
    boolean coarse = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      double logit = spread * random.nextGaussian();
      logits[i] = (float) (coarse ? Math.rint(logit) : logit);
      if (random.nextInt(20) == 0) logits[i] = Float.NEGATIVE_INFINITY;
    }
    logits[random.nextInt(size)] = (float) spread;
    return logits;
  }

  private static Sampling sampling(RandomGenerator random, int size) {
    return new Sampling(
        Math.exp(random.nextDouble(-1.5, 1.5)),
        random.nextBoolean() ? 0 : random.nextInt(1, size + 1),
        random.nextBoolean() ? 1 : 1 - random.nextDouble(),
        random.nextBoolean() ? 0 : random.nextDouble(),
        8);
  }

  private static double[] law(TokenSampler sampler, float[] logits) {
    return IntStream.range(0, logits.length)
        .mapToDouble(token -> sampler.score(logits, token))
        .toArray();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void vectorsAndScalarsGiveTheSameBits(long seed) {
    RandomGenerator random = random(seed);
    float[] logits = logits(random, random.nextInt(1, 3000));
    Sampling sampling = sampling(random, logits.length);
    var vector = new TokenSampler(logits.length, sampling, new VectorWeights());
    var scalar = new TokenSampler(logits.length, sampling, new ScalarWeights());
    for (int i = 0; i < 20; i++) {
      double uniform = random.nextDouble();
      assertThat(vector.draw(logits, uniform)).isEqualTo(scalar.draw(logits, uniform));
      assertThat(vector.logProbability()).isEqualTo(scalar.logProbability());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theProbabilitiesOfTheTokensKeptSumToOne(long seed) {
    RandomGenerator random = random(seed);
    float[] logits = logits(random, random.nextInt(1, 500));
    var sampler = new TokenSampler(logits.length, sampling(random, logits.length));
    assertThat(Arrays.stream(law(sampler, logits)).map(Math::exp).sum())
        .isCloseTo(1, within(1e-12));
  }

  /// The inverse of the running sum gives every token one interval of `u`, as long as its
  /// probability: on a grid of midpoints its share is right to one step of the grid.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tokensAreDrawnAsOftenAsTheirLogProbabilitySays(long seed) {
    RandomGenerator random = random(seed);
    float[] logits = logits(random, random.nextInt(1, 600));
    var sampler = new TokenSampler(logits.length, sampling(random, logits.length));
    double[] law = law(sampler, logits);
    int steps = 5000;
    var drawn = new int[logits.length];
    for (int i = 0; i < steps; i++) {
      int token = sampler.draw(logits, (i + 0.5) / steps);
      drawn[token]++;
      assertThat(sampler.logProbability()).isEqualTo(law[token]);
    }
    for (int token = 0; token < drawn.length; token++) {
      assertThat((double) drawn[token] / steps)
          .isCloseTo(Math.exp(law[token]), within(1.0 / steps + 1e-12));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void withNothingTruncatedTheLawIsTheSoftmaxOfTheLogitsOverTheTemperature(long seed) {
    RandomGenerator random = random(seed);
    float[] logits = logits(random, random.nextInt(1, 500));
    double temperature = Math.exp(random.nextDouble(-1.5, 1.5));
    var sampler = new TokenSampler(logits.length, new Sampling(temperature, 0, 1, 0, 8));
    double max = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
    double total =
        IntStream.range(0, logits.length)
            .mapToDouble(i -> Math.exp((logits[i] - max) / temperature))
            .sum();
    for (int token = 0; token < logits.length; token++) {
      double scaled = (logits[token] - max) / temperature;
      if (scaled > -80) {
        assertThat(sampler.score(logits, token)).isCloseTo(scaled - Math.log(total), within(2e-5));
      }
    }
  }

  /// The definition, by sorting: top-k, then top-p of what is left, then min-p.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void topKTopPAndMinPKeepWhatTheirDefinitionsKeep(long seed) {
    RandomGenerator random = random(seed);
    float[] logits = logits(random, random.nextInt(2, 300));
    Sampling sampling = sampling(random, logits.length);
    double[] plain =
        law(
            new TokenSampler(logits.length, new Sampling(sampling.temperature(), 0, 1, 0, 8)),
            logits);
    List<Integer> kept = kept(plain, sampling);
    double mass = kept.stream().mapToDouble(token -> Math.exp(plain[token])).sum();

    double[] law = law(new TokenSampler(logits.length, sampling), logits);
    for (int token = 0; token < law.length; token++) {
      if (kept.contains(token)) {
        assertThat(law[token]).isCloseTo(plain[token] - Math.log(mass), within(1e-9));
      } else {
        assertThat(law[token]).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  private static List<Integer> kept(double[] law, Sampling sampling) {
    List<Integer> order =
        IntStream.range(0, law.length)
            .filter(token -> law[token] > Double.NEGATIVE_INFINITY)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(token -> -law[token]))
            .toList();
    if (sampling.topK() > 0) order = order.subList(0, Math.min(sampling.topK(), order.size()));
    double total = order.stream().mapToDouble(token -> Math.exp(law[token])).sum();
    double sum = 0;
    int length = 0;
    while (length < order.size()
        && (length == 0 || sampling.topP() == 1 || sum < sampling.topP() * total)) {
      sum += Math.exp(law[order.get(length++)]);
    }
    double least = Math.log(sampling.minP()) + law[order.getFirst()];
    return order.subList(0, length).stream().filter(token -> law[token] >= least).toList();
  }

  @Test
  void aTokenBelowTheReachOfFloatsIsNeverDrawn() {
    var sampler = new TokenSampler(2, Sampling.plain(8));
    float[] logits = {0, -200};
    assertThat(sampler.score(logits, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sampler.draw(logits, Math.nextDown(1.0))).isZero();
    assertThat(sampler.logProbability()).isZero();
  }

  @Test
  void theColdestTemperatureDrawsTheLikeliest() {
    var sampler = new TokenSampler(3, new Sampling(Double.MIN_NORMAL, 0, 1, 0, 8));
    assertThat(sampler.draw(new float[] {1, 2, 1.5f}, 0.99)).isEqualTo(1);
    assertThat(sampler.logProbability()).isZero();
  }

  @Test
  void logitsThatAreNotNumbersAreRefused() {
    var sampler = new TokenSampler(2, Sampling.plain(8));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> sampler.draw(new float[] {0, bad}, 0.5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not a finite number");
    }
  }

  /// The vector road makes objects until it is compiled, so the test waits for a quiet hundred.
  @Test
  void aTokenCostsNoAllocation() {
    for (Sampling sampling : List.of(Sampling.plain(8), new Sampling(0.7, 40, 0.9, 0.01, 8))) {
      float[] logits = logits(random(1), 4096);
      var sampler = new TokenSampler(logits.length, sampling);
      long bytes = Long.MAX_VALUE;
      for (int i = 0; i < 500 && bytes > 0; i++) {
        bytes = Math.min(bytes, allocated(sampler, logits));
      }
      assertThat(bytes).isZero();
    }
  }

  private static long allocated(TokenSampler sampler, float[] logits) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      sampler.draw(logits, i / 100.0);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
