package topdraw.theory.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Scope;

/// The mean over prompts and its interval.
class KlMeanTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /// How many of 400 prompts had 0, 1, … of 16 draws that pass, each with the chance 0.3.
  private static final int[] PASSES = {3, 13, 29, 51, 85, 70, 73, 42, 22, 11, 1};

  private static List<PromptKl> prompts(int n) {
    return IntStream.range(0, PASSES.length)
        .boxed()
        .flatMap(c -> IntStream.range(0, PASSES[c]).mapToObj(_ -> PromptKl.of(of(16 - c, c), n)))
        .toList();
  }

  private static KlFromLevels of(int... counts) {
    return KlFromLevels.of(counts);
  }

  private static KlAnswer.Estimated estimated(KlMean mean, List<PromptKl> prompts, Scope scope) {
    return (KlAnswer.Estimated) mean.of(prompts, scope);
  }

  @ParameterizedTest
  @CsvSource({
    "2, .09598266108961821, .005515725099320801, .0958",
    "4, .4464817187819742, .010552750448147047, .4493",
    "8, .9200481921190211, .023970093207518976, .9347",
    "12, 1.1013565646573937, .03829664818959504, 1.1193",
    "16, 1.1651581113056613, .04474982036043457, 1.1789"
  })
  void fourHundredPromptsHoldTheTruth(int n, double mean, double half, double truth) {
    var found = estimated(new KlMean(n, true, NONE, 0.05), prompts(n), Scope.PROMPTS);
    Near.assertWithin(1e-10, found.value(), mean);
    Near.assertWithin(1e-10, found.interval().upper() - found.value(), half);
    Near.assertWithin(1e-10, found.value() - found.interval().lower(), half);
    assertThat(truth).isBetween(found.interval().lower(), found.interval().upper());
    assertThat(found.prompts()).isEqualTo(400);
  }

  /// Over draws the noise within prompts, over prompts that between them, of log-probabilities.
  @Test
  void eachScopeHasItsVariance() {
    List<PromptKl> alike =
        IntStream.range(0, 20)
            .mapToObj(i -> new PromptKl(16, i % 2 == 0 ? .4 : .6, OptionalDouble.empty(), .04, .2))
            .toList();
    double t = 2.0930240544;
    double fixed = .0003 * 0 + KlBias.allowance(4, 16) + .001 * KlBounds.analytical(4);
    double overDraws = Math.sqrt(.04 / 20 + .0001);
    double overPrompts = Math.sqrt(.2 / 19 / 20 + .0001);
    assertHalf(t * overDraws + fixed, new KlMean(4, false, NONE, .05), alike, Scope.DRAWS);
    assertHalf(t * overPrompts + fixed, new KlMean(4, false, NONE, .05), alike, Scope.PROMPTS);
    assertHalf(t * overDraws + fixed, new KlMean(4, true, NONE, .05), alike, Scope.PROMPTS);
    // Few prompts: never fewer than four degrees of freedom.
    assertHalf(
        2.7764451052 * Math.sqrt(.04 / 2 + .01) + fixed,
        new KlMean(4, true, NONE, .05),
        alike.subList(0, 2),
        Scope.DRAWS);
  }

  private static void assertHalf(double half, KlMean mean, List<PromptKl> prompts, Scope scope) {
    var found = estimated(mean, prompts, scope);
    // The upper end is cut at K_4 = 0.636 where it lies above.
    Near.assertWithin(
        1e-9, found.value() - found.interval().lower(), Math.min(half, found.value()));
  }

  @Test
  void whatIsProvenCutsWhatIsEstimated() {
    var cut = estimated(new KlMean(8, true, .9, .05), prompts(8), Scope.PROMPTS);
    assertThat(cut.value()).isEqualTo(.9);
    assertThat(cut.interval().upper()).isEqualTo(.9);
    List<PromptKl> high = List.of(new PromptKl(16, 3, OptionalDouble.empty(), 1e-6, 0));
    var top = estimated(new KlMean(8, true, NONE, .05), high, Scope.DRAWS);
    assertThat(top.value()).isEqualTo(KlBounds.analytical(8));
  }

  @Test
  void theEstimateIsExactOnlyWhereEveryPromptIs() {
    var exact = new PromptKl(16, .4, OptionalDouble.of(.3), 0, 0);
    var other = new PromptKl(16, .5, OptionalDouble.empty(), .01, .1);
    KlMean mean = new KlMean(4, false, NONE, .05);
    assertThat(mean.of(List.of(exact, exact), Scope.DRAWS)).isEqualTo(new KlAnswer.Exact(.3));
    assertThat(estimated(mean, List.of(exact, other), Scope.DRAWS).value()).isEqualTo(.45);
    assertThat(new KlMean(1, false, NONE, .05).of(List.of(other), Scope.DRAWS))
        .isEqualTo(new KlAnswer.Exact(0));
  }

  @Test
  void whatCannotBeSaidIsWithheld() {
    assertWithheld(KlAnswer.Reason.MORE_THAN_DRAWN, 5, 400, 4);
    assertWithheld(KlAnswer.Reason.TOO_FEW_DRAWS, 2, 400, 3);
    assertWithheld(KlAnswer.Reason.ALL_DRAWS_OF_FEW_PROMPTS, 8, 19, 8);
    assertThat(answer(8, 20, 8)).isInstanceOf(KlAnswer.Estimated.class);
    assertThat(answer(7, 1, 8)).isInstanceOf(KlAnswer.Estimated.class);
    assertThatThrownBy(() -> new KlMean(2, true, NONE, .05).of(List.of(), Scope.DRAWS))
        .hasMessageContaining("number of prompts");
  }

  private static void assertWithheld(KlAnswer.Reason reason, int n, int prompts, int draws) {
    assertThat(answer(n, prompts, draws)).isEqualTo(new KlAnswer.Withheld(reason));
    assertThat(reason.words()).contains("n");
  }

  private static KlAnswer answer(int n, int prompts, int draws) {
    var prompt = new PromptKl(draws, .3, OptionalDouble.empty(), .01, .1);
    return new KlMean(n, true, NONE, .05)
        .of(IntStream.range(0, prompts).mapToObj(_ -> prompt).toList(), Scope.of(prompts));
  }

  /// At least nineteen intervals in twenty hold the truth, of few prompts and of many; half as
  /// sure, they hold it less often.
  @ParameterizedTest
  @CsvSource({"1, .94, .9", "3, .95, .98", "20, .95, .95", "200, .95, .95"})
  void theIntervalCoversAsOftenAsItSays(int count, double least, double most) {
    assertThat(covered(count, .05)).isGreaterThanOrEqualTo(least);
    assertThat(covered(count, .5)).isBetween(.5, most);
  }

  private static double covered(int count, double alpha) {
    var random = Tables.random(17);
    double truth = KlFromLevelsTest.exact(8, .7, .3);
    int held = 0;
    for (int i = 0; i < 1000; i++) {
      List<PromptKl> drawn =
          IntStream.range(0, count)
              .map(_ -> (int) random.doubles(16).filter(u -> u < .3).count())
              .mapToObj(c -> BY_PASSES[c])
              .toList();
      var found = estimated(new KlMean(8, true, NONE, alpha), drawn, Scope.of(count));
      held += found.interval().lower() <= truth && truth <= found.interval().upper() ? 1 : 0;
    }
    return held / 1000.0;
  }

  private static final PromptKl[] BY_PASSES =
      IntStream.rangeClosed(0, 16)
          .mapToObj(c -> PromptKl.of(of(16 - c, c), 8))
          .toArray(PromptKl[]::new);

  @Test
  void theAssumptionNamesWhomItSpeaksOf() {
    var many = estimated(new KlMean(8, true, NONE, .05), prompts(8), Scope.PROMPTS);
    assertThat(many.assumption())
        .isEqualTo(
            "the 400 prompts are a random sample of those that matter; bias of at most 8e-05 nats is"
                + " inside the interval");
    assertThat(Scope.DRAWS.assumption(1))
        .isEqualTo("about this prompt only; only the drawing is random");
    assertThat(Scope.of(9)).isEqualTo(Scope.DRAWS);
    assertThat(Scope.of(10)).isEqualTo(Scope.PROMPTS);
  }
}
