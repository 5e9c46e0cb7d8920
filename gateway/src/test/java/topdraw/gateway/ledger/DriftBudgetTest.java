package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.gateway.ledger.DriftBudget.Limit;
import topdraw.gateway.ledger.DriftBudget.Strictness;
import topdraw.input.InputException;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.DriftLedger;

/// Which budgets make sense.
class DriftBudgetTest {
  private static DriftBudget hard(Limit limit, double top) {
    return new DriftBudget(limit, Strictness.HARD, Optional.empty(), top, 0.05);
  }

  /// `K_n (log(8/α) + log 10 - 0.9) / 0.9`, with mpmath at 40 digits.
  @ParameterizedTest
  @CsvSource({
    "2, 0.05, 1.39017874385698123",
    "4, 0.05, 4.579734962221704851",
    "16, 0.05, 13.20806924208583008",
    "64, 0.05, 22.84855335136056041",
    "64, 0.001, 36.64716296582794609",
    "16, 0.5, 8.513127090807151024"
  })
  void theSmallestHardSumHasItsValue(int n, double alpha, double nats) {
    assertThat(DriftBudget.leastHardTotal(KlBounds.analytical(n), alpha))
        .isCloseTo(nats, within(1e-12 * nats));
  }

  /// However little an answer can cost, and whatever the confidence.
  @Test
  void theSmallestHardSumIsThatOfEveryAnswer() {
    for (double alpha : new double[] {1e-9, 0.05, 0.5, 0.999}) {
      for (double most : new double[] {1e-12, 0.3, 1, 1.7, 2}) {
        assertThat(DriftLedger.empty(2, alpha).upper(List.of(new DriftLedger.Open(2, most))))
            .isCloseTo(DriftBudget.leastHardTotal(2, alpha), within(1e-12));
      }
    }
  }

  @Test
  void aHardSumThatLetsNothingThroughIsRefusedWithTheSmallestThatDoes() {
    double top = KlBounds.analytical(16);
    assertThatThrownBy(() -> hard(new Limit.Total(13.208), top))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a hard drift budget of 13.208 nats lets no answer through: where one may cost 1.835"
                + " nats, the first needs 13.21 at 95 % confidence; raise it, lower n, or make it"
                + " advisory");
    assertThat(hard(new Limit.Total(13.21), top).top()).isEqualTo(top);
    assertThat(
            new DriftBudget(new Limit.Total(0.1), Strictness.ADVISORY, Optional.empty(), top, 0.05)
                .alpha())
        .isEqualTo(0.05);
  }

  @Test
  void aHardMeanNeedsAnswersThatCostNothingOrRoomForTheFirst() {
    Offer dear = Offer.of(16, KlBounds.analytical(16), 1);
    Offer free = Offer.of(1, 0, 1);
    DriftBudget small = hard(new Limit.Mean(0.5), KlBounds.analytical(16));
    small.requireUseful(List.of(dear, free));
    assertThatThrownBy(() -> small.requireUseful(List.of(dear)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a hard drift budget of 0.5 nats an answer lets no answer through")
        .hasMessageEndingWith("lower n, let the alias fall to n = 1, or make it advisory");
    hard(new Limit.Mean(13.3), KlBounds.analytical(16)).requireUseful(List.of(dear));
  }

  @Test
  void whatIsNoBudgetIsRefused() {
    for (double nats : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Limit.Total(nats)).isInstanceOf(InputException.class);
      assertThatThrownBy(() -> new Limit.Mean(nats))
          .hasMessage("a drift budget is a number of nats above 0, was " + nats);
    }
    assertThatThrownBy(
            () ->
                new DriftBudget(
                    new Limit.None(),
                    Strictness.ADVISORY,
                    Optional.of(Duration.ofMillis(999)),
                    1,
                    0.05))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a second or longer");
    assertThatThrownBy(() -> new Account("", "best"))
        .hasMessage("the name of a key is 1 to 200 characters on one line, was \"\"");
    assertThatThrownBy(() -> new Account("a\nb", "best")).hasMessageContaining("\"a?b\"");
    assertThatThrownBy(() -> new Account("a", "b".repeat(201))).hasMessageContaining("an alias");
  }
}
