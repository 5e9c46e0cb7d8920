package topdraw.theory.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Levels whose sums have a closed form, where those are hard to keep: at the ends of chunks, in
/// sums of many small ones, and where probabilities underflow.
class LevelsTest {
  private static void close(double found, double expected, double relative, String what) {
    assertThat(found).as(what).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  /// Equal ones but for one of weight 2, which stands at the ends of chunks and in their midst.
  @ParameterizedTest(name = "{0} levels")
  @ValueSource(ints = {1, 2, 3, 1_022, 1_023, 1_024, 1_025, 2_048, 2_049, 8_192, 8_193, 17_000})
  void anyNumberOfLevelsAddsUp(int count) {
    int[] places = {0, 1, 511, 1_023, 1_024, 1_025, 2_047, 8_191, 8_192, 16_384, count - 1};
    for (int heavy : Arrays.stream(places).filter(l -> l < count).distinct().toArray()) {
      var logWeights = new double[count];
      logWeights[heavy] = Math.log(2);
      var levels = new Levels(logWeights);
      double total = count + 1;
      int[] some =
          IntStream.range(0, count)
              .filter(l -> l % 1_024 < 3 || l % 341 == 0 || l > count - 3)
              .toArray();
      for (int l : some) {
        String at = "level " + l + ", heavy " + heavy;
        double weight = l == heavy ? 2 : 1;
        double upTo = l + 1 + (l >= heavy ? 1 : 0);
        close(levels.mass(l), weight / total, 4e-15, at);
        close(levels.logMass(l), logRatio(weight, total), 4e-15, at);
        close(levels.logCumulative(l), logRatio(upTo, total), 1e-14, at);
        close(levels.logShare(l), logRatio(weight, upTo), 1e-14, at);
        if (l > 0) {
          close(levels.logMiss(l), logRatio(upTo - weight, upTo), 1e-14, at);
        }
        close(levels.calibrated(l), (upTo - weight / 2) / total, 4e-15, at);
        close(levels.logComplement(l), logRatio(total - weight, total), 1e-14, at);
      }
      assertThat(levels.logCumulative(count - 1)).isZero();
      assertThat(levels.logMiss(0)).isEqualTo(Double.NEGATIVE_INFINITY);
      close(levels.logCollision(), logRatio(count + 3, total * total), 2e-14, "heavy " + heavy);
    }
  }

  private static double logRatio(double part, double whole) {
    return part > whole / 2 ? Math.log1p((part - whole) / whole) : Math.log(part / whole);
  }

  /// At the edge of a chunk stands one that is heavier than all below it together.
  @Test
  void whatIsMissedBelowAHeavyOneIsKnownInTheChunkBelow() {
    var logWeights = new double[LevelChunk.SIZE + 2];
    logWeights[LevelChunk.SIZE] = Math.log(3 * LevelChunk.SIZE);
    logWeights[LevelChunk.SIZE + 1] = Math.log(2 * LevelChunk.SIZE);
    var levels = new Levels(logWeights);
    close(levels.logMiss(LevelChunk.SIZE), -Math.log(4), 1e-14, "miss");
    close(levels.logMiss(LevelChunk.SIZE + 1), Math.log(4.0 / 6), 1e-14, "miss of the best");
  }

  /// A sum of equal squares that is small keeps its digits.
  @Test
  void manyEqualOnesHardlyMeet() {
    close(new Levels(new double[100_000]).logCollision(), -Math.log(1e5), 1e-14, "collision");
  }

  /// Hundreds of chunks of which each alone changes no digit of the sum before it change it
  /// together, from below and from above.
  @ParameterizedTest(name = "heavy below: {0}")
  @ValueSource(booleans = {true, false})
  void manySmallOnesAddUp(boolean below) {
    int chunks = 300;
    int size = LevelChunk.SIZE;
    double small = 0x1p-54;
    var logWeights = new double[(chunks + 5) * size];
    int from = below ? size : 4 * size;
    Arrays.fill(logWeights, from, from + chunks * size, Math.log(small));
    var levels = new Levels(logWeights);
    double tiny = chunks * small;
    double found = levels.logCumulative(from + (below ? chunks * size : 0) - 1);
    double share = below ? (1 + tiny) / (5 + tiny) : 4 / (5 + tiny);
    close(found, logRatio(share, 1), 1e-15, "all small ones");
    assertThat(Math.abs(found - Math.log(below ? 0.2 : 0.8))).isGreaterThan(3e-15);
  }

  /// Below 1e-260 the sums are made in logarithms, one by one; the first above it is as exact as
  /// all others.
  @Test
  void theDeepEndIsMended() {
    int deep = 100_000;
    var logWeights = new double[deep + 2];
    Arrays.fill(logWeights, 0, deep, -612);
    logWeights[deep] = -599;
    var levels = new Levels(logWeights);
    for (int l = 1; l < deep; l += 37) {
      assertThat(levels.logCumulative(l)).isCloseTo(Math.log(l + 1) - 612, within(1e-9));
      close(levels.logMiss(l), Math.log1p(-1.0 / (l + 1)), 1e-9, "miss of " + l);
    }
    double odds = deep * Math.exp(-13);
    close(levels.logCumulative(deep), Math.log1p(odds) - 599, 3e-16, "the first above");
    close(levels.logMiss(deep), -Math.log1p(1 / odds), 1e-9, "its miss");
    close(levels.logMiss(deep + 1), -599 + Math.log1p(odds), 3e-16, "the best one's miss");
  }

  /// Far from 1 a share of a half or less is exact though `log F` is large.
  @Test
  void sharesInTheDepthKeepTheirDigits() {
    var logWeights = new double[20];
    Arrays.fill(logWeights, -500);
    logWeights[19] = 0;
    var levels = new Levels(logWeights);
    for (int l = 1; l < 19; l++) {
      close(levels.logMiss(l), Math.log1p(-1.0 / (l + 1)), l == 1 ? 1e-12 : 2e-15, "miss of " + l);
    }
  }

  /// Where the level below is far below, in the depth and above it.
  @Test
  void whatUnderflowsHasItsLogarithm() {
    double[] logWeights = {-2_000, -1_900, -1_899, -590, 0};
    var levels = new Levels(logWeights);
    double third = Math.log1p(Math.exp(-1)) - 1_899;
    double[] upTo = {-2_000, -1_900, third, -590, 0};
    double[] miss = {Double.NEGATIVE_INFINITY, -100, -1_900 - third, third + 590, -590};
    for (int l = 0; l < upTo.length; l++) {
      close(levels.logCumulative(l), upTo[l], 1e-15, "up to " + l);
      assertThat(levels.logMass(l)).isCloseTo(logWeights[l], within(1e-250));
      if (l > 0) {
        close(levels.logMiss(l), miss[l], 1e-13, "miss of " + l);
      }
    }
    assertThat(levels.logMiss(0)).isEqualTo(miss[0]);
  }

  /// The best one has next to nothing, and its share is that.
  @Test
  void aShareThatUnderflowsHasItsLogarithm() {
    assertThat(new Levels(new double[] {0, -800}).logShare(1)).isEqualTo(-800);
    close(new Levels(new double[] {0, -40}).logShare(1), -40, 1e-15, "share");
  }

  /// What a heavy one lacks of 1 does not depend on how large the weights are.
  @Test
  void whatTheHeaviestLacksKeepsItsDigits() {
    for (double scale : new double[] {0, 1_000, -1e6}) {
      var levels = new Levels(new double[] {scale, scale - 50});
      close(levels.logMass(0), -Math.exp(-50), 1e-15, "mass");
      close(levels.logComplement(0), -50, 1e-15, "complement");
    }
  }

  @Test
  void theBestLevelsMadeOneHaveTheirSum() {
    var levels = new Levels(IntStream.range(0, 6).mapToDouble(l -> Math.log(l + 1)).toArray());
    Levels merged = levels.mergedFrom(3);
    assertThat(merged.count()).isEqualTo(4);
    close(merged.mass(2), 3.0 / 21, 1e-15, "below");
    close(merged.mass(3), 15.0 / 21, 1e-15, "merged");
  }

  @Test
  void aLevelBeyondAllLogarithmsIsNoNumberLess() {
    Levels levels = new Levels(new double[] {-1.7e308, -800, 1.7e308});
    assertThat(levels.calibrated()).containsExactly(0, 0, 0.5);
  }
}
