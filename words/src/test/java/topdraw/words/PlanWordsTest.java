package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.plan.Method;
import topdraw.plan.Plan;
import topdraw.plan.Saturation;
import topdraw.plan.Setting;
import topdraw.plan.SideBySide.Tuned;
import topdraw.plan.Unmet;
import topdraw.theory.finding.Quantity;

class PlanWordsTest {
  private static final Setting BEST_OF_9 = new Setting.BestOfN(9);
  private static final Setting EARLY = new Setting.EarlyStop(22, 0.0687644);

  @Test
  void aSettingSaysWhatIsDone() {
    assertThat(PlanWords.of(BEST_OF_9)).isEqualTo("best of 9");
    assertThat(PlanWords.named(EARLY))
        .isEqualTo("early-stop, at most 22 draws, stop in the top 6.876 %");
    assertThat(PlanWords.of(new Setting.RewindAndRepeat(0.1)))
        .isEqualTo("draw until in the top 10 %");
    assertThat(PlanWords.of(new Setting.BestOfPoisson(18.94)))
        .isEqualTo("best of 1 + Poisson(18.94)");
    assertThat(PlanWords.setting(new Tuned.Soft(16, OptionalDouble.of(2.5))))
        .isEqualTo("one of 16 at temperature 2.5");
    assertThat(PlanWords.setting(new Tuned.Soft(16, OptionalDouble.empty())))
        .isEqualTo("all rewards are equal");
    assertThat(PlanWords.method(new Tuned.Known(BEST_OF_9))).isEqualTo("best-of-n");
  }

  /// A bound is rounded down, so that no more is promised than is proven.
  @Test
  void whatIsNotMetComesWithAWayOut() {
    assertThat(PlanWords.of(floor(Quantity.WIN_RATE, 0.9)))
        .isEqualTo(
            "at its dearest recorded setting, best of 9, the win rate is about 0.9 and at least"
                + " 0.7999, below 0.85; more prompts narrow the interval");
    assertThat(PlanWords.of(floor(Quantity.WIN_RATE, 0.84)))
        .endsWith("more draws per prompt may reach it, unless equal rewards cap it");
    assertThat(PlanWords.of(floor(Quantity.REWARD, Double.NEGATIVE_INFINITY)))
        .contains("the mean reward is about -infinity")
        .endsWith("a draw without score can win");
    assertThat(PlanWords.of(new Unmet.Torn(BEST_OF_9, new Setting.BestOfN(4))))
        .isEqualTo("the floors need best of 9, the ceilings allow at most best of 4");
    assertThat(PlanWords.of(new Unmet.TooFewDraws(Method.BEST_OF_N)))
        .contains("record at least two for each");
    assertThat(PlanWords.of(new Unmet.TooFewDraws(Method.EARLY_STOP)))
        .contains("fewer than five draws");
    assertThat(PlanWords.of(new Saturation(BEST_OF_9, -1e-9))).contains("wins about not more");
    assertThat(PlanWords.of(new Saturation(BEST_OF_9, 0.0012)))
        .contains("wins about 0.0012 more often");
    assertThat(PlanWords.of(new Plan.OutOfReach(0.95, 1.99573, 0.5)))
        .isEqualTo(
            "no method can: a win rate of 0.95 needs at least 1.995 nats of drift on every"
                + " reference policy (theorem), and 0.5 are allowed");
  }

  private static Unmet floor(Quantity quantity, double reached) {
    return new Unmet.Floor(quantity, 0.85, reached, 0.79999, BEST_OF_9);
  }
}
