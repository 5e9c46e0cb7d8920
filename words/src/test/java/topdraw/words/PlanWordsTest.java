package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.Saturation;
import topdraw.plan.Setting;
import topdraw.plan.SideBySide.Tuned;
import topdraw.plan.Targets;
import topdraw.plan.Unmet;
import topdraw.plan.Unmet.Help;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;
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
    assertThat(PlanWords.of(new Setting.StopAt(508, 1)))
        .isEqualTo("at most 508 draws, stop at a reward of 1");
    assertThat(PlanWords.setting(new Tuned.Soft(16, OptionalDouble.of(2.5))))
        .isEqualTo("one of 16 at temperature 2.5");
    assertThat(PlanWords.setting(new Tuned.Soft(16, OptionalDouble.empty())))
        .isEqualTo("all rewards are equal");
    assertThat(PlanWords.method(new Tuned.Known(BEST_OF_9))).isEqualTo("best-of-n");
  }

  /// A bound is rounded down, so that no more is promised than is proven.
  @Test
  void whatIsNotMetComesWithAWayOut() {
    assertThat(
            PlanWords.of(floor(Quantity.WIN_RATE, 0.9, new Help.MorePrompts(OptionalLong.of(60)))))
        .isEqualTo(
            "at best of 9 the win rate is about 0.9 (estimate) and at least 0.7999 is certain,"
                + " below 0.85; about 60 more prompts like these would settle it (estimate)");
    assertThat(
            PlanWords.of(floor(Quantity.WIN_RATE, 0.9, new Help.MorePrompts(OptionalLong.of(1)))))
        .contains("about 1 more prompt like");
    assertThat(
            PlanWords.of(
                floor(Quantity.WIN_RATE, 0.86, new Help.MorePrompts(OptionalLong.empty()))))
        .endsWith("more than 63 times as many prompts like these would be needed (estimate)");
    assertThat(PlanWords.of(floor(Quantity.REWARD, 0.9, new Help.MoreDraws(1234))))
        .contains("the mean reward is")
        .endsWith("about 1234 more draws would settle it (estimate)");
    assertThat(PlanWords.of(floor(Quantity.REWARD, 0.2, new Help.Above(OptionalDouble.of(139)))))
        .endsWith("about best of 139 would reach it (estimate)");
    assertThat(PlanWords.of(floor(Quantity.WIN_RATE, 0.84, new Help.Above(OptionalDouble.empty()))))
        .endsWith("it needs a larger n than was recorded, unless equal rewards cap it");
    assertThat(PlanWords.of(floor(Quantity.REWARD, Double.NEGATIVE_INFINITY, new Help.Scores())))
        .contains("the mean reward is about -infinity")
        .endsWith("score every draw");
    assertThat(
            PlanWords.of(
                new Unmet.Floor(
                    Quantity.REWARD,
                    0.85,
                    0.9,
                    Double.NEGATIVE_INFINITY,
                    BEST_OF_9,
                    new Help.StatedRange())))
        .contains("nothing is certain of it; a reward whose range is not known")
        .endsWith("--reward-range");
    assertThat(PlanWords.of(floor(Quantity.REWARD, 0.9, new Help.OtherPrompts())))
        .endsWith("--prompts fixed");
    assertThat(PlanWords.of(floor(Quantity.REWARD, 0, new Help.FirstSuccess(0.005))))
        .endsWith("the rate of success is below 0.005 with confidence 95 %");
    assertThat(PlanWords.of(new Unmet.OverPromptsOnly()))
        .contains("of given prompts only best-of-n");
    assertThat(
            PlanWords.of(
                new PilotPlan.Guess(
                    new PilotPlan.Step(new Setting.BestOfN(139), List.of()),
                    Optional.of(new Interval(48, Double.POSITIVE_INFINITY))),
                Confidence.DEFAULT))
        .isEqualTo("best of 139 (95 %: n from 48 to infinity)");
    assertThat(PlanWords.of(new Unmet.Torn(BEST_OF_9, new Setting.BestOfN(4))))
        .isEqualTo("the floors need best of 9, the ceilings allow at most best of 4");
    assertThat(PlanWords.of(new Unmet.TooFewDraws(Method.BEST_OF_N)))
        .contains("record at least two for each");
    assertThat(PlanWords.of(new Unmet.TooFewDraws(Method.EARLY_STOP)))
        .contains("fewer than five draws");
    assertThat(PlanWords.of(new Saturation(BEST_OF_9, -1e-9))).contains("wins about not more");
    assertThat(PlanWords.of(new Saturation(BEST_OF_9, 0.0012)))
        .contains("wins about 0.0012 more often");
    assertThat(PlanWords.of(new Targets.OutOfReach(0.95, 1.99573, 0.5)))
        .isEqualTo(
            "no method can: a win rate of 0.95 needs at least 1.995 nats of drift on every"
                + " reference policy (theorem), more than the 0.5 allowed");
  }

  private static Unmet floor(Quantity quantity, double reached, Help help) {
    return new Unmet.Floor(quantity, 0.85, reached, 0.79999, BEST_OF_9, help);
  }
}
