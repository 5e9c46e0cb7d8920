package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.input.InputException;
import topdraw.input.Parameter;

class PlanRequestTest {
  private static final OptionalDouble NO = OptionalDouble.empty();

  private static OptionalDouble some(double value) {
    return OptionalDouble.of(value);
  }

  private static PlanRequest ask(OptionalDouble draws, Budget tokens, Budget seconds) {
    return new PlanRequest(NO, NO, NO, draws, tokens, seconds);
  }

  private static Budget tokens(OptionalDouble most, OptionalDouble price) {
    return new Budget(Parameter.TOKENS, most, price);
  }

  private static Budget seconds(OptionalDouble most, OptionalDouble price) {
    return new Budget(Parameter.SECONDS, most, price);
  }

  @Test
  void theTightestBudgetIsTheCeiling() {
    PlanRequest request = ask(some(20), tokens(some(500), some(50)), seconds(some(6), some(0.5)));
    assertThat(request.targets(NO).draws()).hasValue(10);
    assertThat(ask(some(9), request.tokens(), request.seconds()).targets(NO).draws()).hasValue(9);
    assertThat(ask(NO, tokens(NO, NO), request.seconds()).targets(NO).draws()).hasValue(12);
  }

  @Test
  void aPriceThatWasSaidComesBeforeTheRecordedOne() {
    PlanRequest said = ask(NO, tokens(some(500), some(50)), seconds(NO, NO));
    PlanRequest silent = ask(NO, tokens(some(500), NO), seconds(NO, NO));
    assertThat(said.tokens().needsPrice()).isFalse();
    assertThat(silent.tokens().needsPrice()).isTrue();
    assertThat(said.targets(some(100)).draws()).hasValue(10);
    assertThat(silent.targets(some(100)).draws()).hasValue(5);
  }

  @Test
  void aBudgetWithoutAPriceIsRefused() {
    PlanRequest request = ask(NO, tokens(NO, NO), seconds(some(6), NO));
    assertThat(request.any()).isTrue();
    assertThatThrownBy(() -> request.targets(some(100)))
        .isInstanceOf(InputException.class)
        .hasMessage("seconds needs the price of a draw: give seconds-per-draw");
    assertThatThrownBy(() -> ask(NO, tokens(some(5), some(0)), seconds(NO, NO)).targets(NO))
        .isInstanceOf(InputException.class)
        .hasMessage("tokens-per-draw must be above 0, was 0.0");
  }

  @Test
  void nothingAskedIsNoPlan() {
    PlanRequest request = ask(NO, tokens(NO, NO), seconds(NO, NO));
    assertThat(request.any()).isFalse();
    assertThatThrownBy(() -> request.targets(NO)).hasMessageContaining("a plan needs a target");
  }

  /// What is out of range is refused before anything is read, but for a budget of tokens whose
  /// price is to come.
  @Test
  void whatIsOutOfRangeIsRefusedWhateverADrawCosts() {
    ask(NO, tokens(some(500), NO), seconds(NO, NO)).check();
    ask(some(3), tokens(some(500), NO), seconds(NO, NO)).check();
    assertThatThrownBy(() -> ask(some(0.5), tokens(some(500), NO), seconds(NO, NO)).check())
        .hasMessageContaining("pays for 0.5");
    assertThatThrownBy(() -> ask(NO, tokens(some(5), some(10)), seconds(NO, NO)).check())
        .hasMessageContaining("pays for 0.5");
    assertThatThrownBy(() -> ask(NO, tokens(NO, some(10)), seconds(NO, NO)).check())
        .hasMessageContaining("a plan needs a target");
    new PlanRequest(some(0.7), NO, NO, NO, tokens(NO, some(10)), seconds(NO, NO)).check();
  }

  @Test
  void aBudgetAndItsPriceAreAboveZero() {
    for (double none : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> tokens(some(none), NO)).hasMessageContaining("must be above 0");
      assertThatThrownBy(() -> seconds(some(1), some(none)))
          .hasMessageContaining("seconds-per-draw must be above 0");
      Budget silent = tokens(some(5), NO);
      assertThatThrownBy(() -> silent.draws(some(none)))
          .hasMessageContaining("tokens-per-draw must be above 0");
    }
    assertThat(tokens(NO, NO).needsPrice()).isFalse();
    assertThat(tokens(NO, NO).draws(some(3))).isEmpty();
    assertThat(seconds(some(1e-300), some(1e-300)).draws(NO)).hasValue(1);
  }
}
