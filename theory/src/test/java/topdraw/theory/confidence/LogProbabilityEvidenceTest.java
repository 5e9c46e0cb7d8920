package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Coverage;
import topdraw.theory.Near;
import topdraw.theory.Tables;

/// Evidence against recorded log-probabilities. Its formula is in [ConfidenceGoldenTest].
class LogProbabilityEvidenceTest {
  /// A martingale from 1: its mean over every pool of four draws is 1.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void theEvidenceHasMeanOneWhenTheLogProbabilitiesAreTrue(long seed) {
    Tables tables = Tables.small(seed);
    double[] logP = Arrays.stream(tables.logP()).map(x -> Math.min(0, x)).toArray();
    var mean = new double[1];
    Tables.forEachTuple(
        logP.length,
        4,
        t -> {
          double[] logs = Arrays.stream(t).mapToDouble(i -> logP[i]).toArray();
          LogProbabilityEvidence evidence = LogProbabilityEvidence.none().after(t, logs);
          mean[0] += tables.probability(t) * Math.exp(evidence.logValue());
        });
    Near.assertWithin(1e-9, mean[0], 1);
  }

  /// 60 draws of 50 alike, 2,000 times, looked at after each: true log-probabilities are refuted at
  /// the 20 % level in a tenth of them (a calculation apart, with numpy, says 10.5 % of 20,000).
  @Test
  void trueLogProbabilitiesAreRefutedWithinItsLimitsOnBothSides() {
    Coverage.assertBetween(0.075, 0.14, 0.2, LogProbabilityEvidenceTest::refutedAtSomeTime);
  }

  private static double refutedAtSomeTime(double alpha) {
    RandomGenerator random = Tables.random(3);
    int refuted = 0;
    for (int pool = 0; pool < 2_000; pool++) {
      int[] drawn = random.ints(60, 0, 50).toArray();
      boolean ever =
          IntStream.rangeClosed(1, 60)
              .anyMatch(t -> evidence(Arrays.copyOf(drawn, t)) >= -Math.log(alpha));
      refuted += ever ? 1 : 0;
    }
    return refuted / 2_000.0;
  }

  private static double evidence(int[] drawn) {
    var logs = new double[drawn.length];
    Arrays.fill(logs, -Math.log(50));
    return LogProbabilityEvidence.none().after(drawn, logs).logValue();
  }

  @Test
  void probabilitiesAboveOneAndDroppedRepeatsAreRefuted() {
    var none = LogProbabilityEvidence.none();
    double half = Math.log(0.6);

    assertThat(none.logValue()).isBetween(-1e-15, 1e-15);
    LogProbabilityEvidence impossible = none.after(new int[] {0, 1}, new double[] {half, half});
    assertThat(impossible.logValue()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(impossible.after(new int[] {0}, new double[] {-1}).logValue())
        .isEqualTo(Double.POSITIVE_INFINITY);
    // 40 outcomes of probability 1/50 each, never one twice.
    var logs = new double[40];
    Arrays.fill(logs, -Math.log(50));
    assertThat(none.after(IntStream.range(0, 40).toArray(), logs).logValue())
        .isGreaterThan(Math.log(20));
    assertThat(none).isEqualTo(LogProbabilityEvidence.none());
  }

  /// Sums of rounded probabilities come to a little more than 1.
  @Test
  void whatRoundingMayDoIsNoRefutation() {
    var none = LogProbabilityEvidence.none();
    double half = Math.log(0.5);

    assertThat(none.after(new int[] {0, 1}, new double[] {half, half + 1e-9}).impossible())
        .isFalse();
    assertThat(none.after(new int[] {0, 1}, new double[] {half, half + 3e-9}).impossible())
        .isTrue();
  }

  @Test
  void anUnknownLogProbabilityIsRefused() {
    var none = LogProbabilityEvidence.none();

    assertThatThrownBy(() -> none.after(new int[] {0}, new double[] {Double.NEGATIVE_INFINITY}))
        .hasMessageContaining("logProbabilities[0]");
    assertThatThrownBy(() -> none.after(new int[] {0, 1}, new double[] {-1, 0.1}))
        .hasMessageContaining("logProbabilities[1]");
    assertThatThrownBy(() -> none.after(new int[] {0, 1}, new double[] {-1}))
        .hasMessage("each draw needs a log-probability: there are 2 draws and 1 log-probabilities");
  }
}
