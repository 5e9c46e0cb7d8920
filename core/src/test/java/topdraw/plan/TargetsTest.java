package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.finding.Quantity;
import topdraw.theory.law.OptimalFrontier;

/// Ranges of targets, what just meets them, and the setting of each method that they ask for.
class TargetsTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static OptionalDouble some(double value) {
    return OptionalDouble.of(value);
  }

  private static Targets targets(OptionalDouble winRate, OptionalDouble kl, OptionalDouble draws) {
    return new Targets(winRate, NONE, kl, draws);
  }

  @Test
  void theEndsOfTheirRanges() {
    assertThat(targets(some(0.5), some(0), some(1)).drawsCeiling()).isEqualTo(1);
    double infinity = Double.POSITIVE_INFINITY;
    for (double winRate : new double[] {Math.nextDown(0.5), 1, Double.NaN}) {
      assertThatThrownBy(() -> targets(some(winRate), NONE, NONE)).hasMessageContaining("[0.5, 1)");
    }
    for (double kl : new double[] {-1e-9, infinity, Double.NaN}) {
      assertThatThrownBy(() -> targets(NONE, some(kl), NONE)).hasMessageContaining("nats");
    }
    for (double draws : new double[] {Math.nextDown(1.0), infinity, Double.NaN}) {
      assertThatThrownBy(() -> targets(NONE, NONE, some(draws))).hasMessageContaining("pays for");
    }
    for (double reward : new double[] {-infinity, infinity, Double.NaN}) {
      assertThatThrownBy(() -> new Targets(NONE, some(reward), NONE, NONE))
          .hasMessageContaining("finite");
    }
    assertThat(targets(some(0.6), NONE, NONE).klCeiling()).isEqualTo(infinity);
    assertThat(targets(some(0.6), NONE, NONE).drawsCeiling()).isEqualTo(infinity);
  }

  /// Four draws win 0.8 of the time and drift by log 4 - 3/4: rounding costs nothing, more does.
  @Test
  void roundingCostsNoDraw() {
    var four = new Setting.BestOfN(4);
    double kl = four.kl();
    for (double off : new double[] {-1e-9, -1e-13, 0, 1e-13}) {
      boolean meets = off > -1e-12;
      Targets wins = targets(some(0.8 * (1 - off)), NONE, NONE);
      assertThat(wins.missed(four).contains(Quantity.WIN_RATE)).isEqualTo(!meets);
      Targets drift = targets(NONE, some(kl * (1 + off)), NONE);
      assertThat(drift.keeps(four)).isEqualTo(meets);
      assertThat(drift.missed(four).contains(Quantity.KL)).isEqualTo(!meets);
      Targets draws = targets(NONE, NONE, some(4 * (1 + off)));
      assertThat(draws.keeps(four)).isEqualTo(meets);
      assertThat(draws.missed(four).contains(Quantity.DRAWS)).isEqualTo(!meets);
    }
    assertThat(targets(some(0.9), some(0.1), some(2)).missed(four))
        .containsExactly(Quantity.WIN_RATE, Quantity.KL, Quantity.DRAWS);
    assertThat(targets(NONE, some(0), NONE).keeps(new Setting.BestOfN(1))).isTrue();
  }

  @Test
  void noMethodWinsMoreThanTheFrontierAllows() {
    double needed = OptimalFrontier.kl(0.9);
    assertThat(targets(some(0.9), some(needed), NONE).outOfReach()).isEmpty();
    Targets.OutOfReach less =
        targets(some(0.9), some(Math.nextDown(needed)), NONE).outOfReach().orElseThrow();
    assertThat(less).isEqualTo(new Targets.OutOfReach(0.9, needed, Math.nextDown(needed)));
    assertThat(targets(some(0.9), NONE, NONE).outOfReach()).isEmpty();
    assertThat(targets(NONE, some(0), NONE).outOfReach()).isEmpty();
  }

  /// `n/(n+1)`, `1 - z/2` and best-of-Poisson's win rate turned round; ceilings on both allow the
  /// smaller.
  @Test
  void eachMethodHasTheLeastSettingAndTheLargest() {
    Targets any = targets(some(0.8), NONE, NONE);
    assertThat(TargetSetting.reaching(Method.BEST_OF_N, 0.8, any, false))
        .isEqualTo(new Setting.BestOfN(4));
    assertThat(TargetSetting.reaching(Method.BEST_OF_N, 0.8 + 1e-9, any, false))
        .isEqualTo(new Setting.BestOfN(5));
    var rewind =
        (Setting.RewindAndRepeat) TargetSetting.reaching(Method.REWIND_AND_REPEAT, 0.8, any, false);
    assertThat(rewind.passRate()).isCloseTo(0.4, within(1e-15));
    Setting poisson = TargetSetting.reaching(Method.BEST_OF_POISSON, 0.8, any, false);
    assertThat(poisson.winRate()).isCloseTo(0.8, within(1e-12));

    double four = new Setting.BestOfN(4).kl();
    assertThat(largest(Method.BEST_OF_N, some(four), NONE)).isEqualTo(new Setting.BestOfN(4));
    assertThat(largest(Method.BEST_OF_N, some(four - 1e-6), NONE))
        .isEqualTo(new Setting.BestOfN(3));
    assertThat(largest(Method.BEST_OF_N, some(four), some(3.9))).isEqualTo(new Setting.BestOfN(3));
    assertThat(largest(Method.BEST_OF_N, NONE, some(7))).isEqualTo(new Setting.BestOfN(7));
    assertThat(largest(Method.REWIND_AND_REPEAT, some(1), NONE).kl()).isCloseTo(1, within(1e-12));
    assertThat(largest(Method.REWIND_AND_REPEAT, some(1), some(2)).draws())
        .isCloseTo(2, within(1e-12));
    assertThat(largest(Method.REWIND_AND_REPEAT, NONE, some(5)).draws())
        .isCloseTo(5, within(1e-12));
    assertThat(largest(Method.BEST_OF_POISSON, some(0.5), NONE).kl()).isCloseTo(0.5, within(1e-10));
    assertThat(largest(Method.BEST_OF_POISSON, some(0.5), some(2)).draws()).isEqualTo(2);
    assertThat(largest(Method.BEST_OF_POISSON, NONE, some(5)).draws()).isEqualTo(5);
  }

  private static Setting largest(Method method, OptionalDouble kl, OptionalDouble draws) {
    return TargetSetting.within(method, targets(NONE, kl, draws));
  }

  private static Setting.EarlyStop at(long cap, double winRate) {
    return new Setting.EarlyStop(
        cap, EarlyStopping.passRate((double) cap, Math.min(winRate, cap / (cap + 1.0))));
  }

  /// Along the caps from the least to 64 times that drift rises and draws fall: by going through
  /// them all. The usual cap is a tenth above the n of best-of-n.
  @ParameterizedTest(name = "{0}")
  @ValueSource(doubles = {0.6, 0.75, 0.9, 10 / 11.0, 0.93})
  void theCapIsTheUsualOneOrWhatTheCeilingsAsk(double winRate) {
    double n = winRate / (1 - winRate);
    long least = Math.max(2, (long) Math.ceil(n - 1e-9));
    long usual = Math.max(2, (long) Math.ceil(1.1 * n - 1e-9));
    double drift = at(usual, winRate).kl();
    double draws = at(usual, winRate).draws();
    for (double kl : new double[] {0.97 * drift, drift, 1.03 * drift, 1.2 * drift, 9}) {
      for (double most : new double[] {0.8 * draws, 0.97 * draws, draws, 1.1 * draws, 99}) {
        Targets targets = targets(some(winRate), some(kl), some(most));
        long last = least - 1;
        while (last < 64 * least && at(last + 1, winRate).kl() <= kl) {
          last++;
        }
        long first = least;
        while (first <= 64 * least && at(first, winRate).draws() > most) {
          first++;
        }
        boolean possible = first <= last;
        for (boolean fewest : new boolean[] {true, false}) {
          long cap = !possible ? usual : fewest ? last : Math.min(Math.max(usual, first), last);
          assertThat(EarlyStopSetting.reaching(winRate, targets, fewest))
              .as("%s %s", targets, fewest)
              .isEqualTo(at(cap, winRate));
        }
      }
    }
  }

  /// Ceilings alone: the largest win rate within them, at the usual cap where there is one ceiling.
  @Test
  void ceilingsAllowEarlyStopItsLargestWinRate() {
    for (Targets targets :
        new Targets[] {
          targets(NONE, some(0.7), NONE),
          targets(NONE, NONE, some(3)),
          targets(NONE, some(0.7), some(3)),
          targets(NONE, some(1.5), some(3)),
          targets(NONE, some(0.3), some(30))
        }) {
      var found = (Setting.EarlyStop) EarlyStopSetting.within(targets);
      assertThat(targets.keeps(found)).isTrue();
      double more = found.winRate() + 1e-6;
      boolean both = targets.kl().isPresent() && targets.draws().isPresent();
      double n = found.winRate() / (1 - found.winRate());
      long least = Math.max(2, (long) Math.ceil(n - 1e-6));
      if (!both) {
        assertThat(found.cap()).isEqualTo((long) Math.ceil(1.1 * n - 1e-6));
        assertThat(targets.keeps(at(found.cap(), more))).isFalse();
      } else {
        for (long cap = least; cap <= 64 * least; cap++) {
          assertThat(targets.keeps(at(cap, more)) && at(cap, more).winRate() >= more - 1e-12)
              .as("%s, cap %d", targets, cap)
              .isFalse();
        }
      }
    }
    assertThat(EarlyStopSetting.within(targets(NONE, some(0), NONE)).draws()).isEqualTo(1);
  }
}
