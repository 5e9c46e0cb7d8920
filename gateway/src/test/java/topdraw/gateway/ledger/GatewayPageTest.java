package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.DriftLedger;
import topdraw.theory.numeric.Harmonic;
import topdraw.theory.pool.TwoLevelKl;

/// The numbers of `docs/gateway.md` are those of the program.
class GatewayPageTest {
  private static final Path PAGE = Path.of("..", "docs", "gateway.md");
  private static final double TEXTBOOK = KlBounds.analytical(16);

  /// How many answers of a drift a hard sum lets through, so many of them in flight.
  private static int answers(double drift, double nats, int together) {
    DriftLedger known = DriftLedger.empty(TEXTBOOK, 0.05);
    Deque<DriftLedger.Open> open = new ArrayDeque<>();
    for (int admitted = 0; ; ) {
      List<DriftLedger.Open> more = new ArrayList<>(open);
      more.add(new DriftLedger.Open(known.foretold(), TEXTBOOK));
      boolean fits = known.upper(more) <= nats;
      if (!fits && open.isEmpty()) {
        return admitted;
      }
      if (fits) {
        open.add(more.getLast());
        admitted++;
      }
      if (!fits || open.size() == together) {
        known = known.plus(drift, open.remove().foretold());
      }
    }
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String up(double value) {
    return decimals(Math.ceil(value * 1000) / 1000);
  }

  private static String row(Object... cells) {
    return "|"
        + String.join("|", List.of(cells).stream().map(cell -> " " + cell + " ").toList())
        + "|";
  }

  @Test
  void whatABudgetBuysIsWhatTheLedgerLetsThrough() throws IOException {
    String page = Files.readString(PAGE);
    for (int tenths = 1; tenths < 10; tenths += 2) {
      double drift = TwoLevelKl.of(16, tenths / 10.0);
      assertThat(page)
          .contains(
              row(
                  tenths + " in 10",
                  decimals(drift),
                  (int) (100 / TEXTBOOK),
                  answers(drift, 100, 1),
                  (int) (1000 / TEXTBOOK),
                  answers(drift, 1000, 1)));
    }
    double half = TwoLevelKl.of(16, 0.5);
    assertThat(page)
        .contains(
            "the ledger allows %d answers for 100 nats and %d\nfor 1000"
                .formatted(answers(TEXTBOOK, 100, 1), answers(TEXTBOOK, 1000, 1)))
        .contains(
            "with 64 in flight throughout, %d answers in place of %d in the third line, %d in place of %d"
                .formatted(
                    answers(half, 100, 64),
                    answers(half, 100, 1),
                    answers(half, 1000, 64),
                    answers(half, 1000, 1)));
  }

  @Test
  void theSmallestHardSumsAreThoseThatAreRefusedBelow() throws IOException {
    String page = Files.readString(PAGE);
    for (int n : new int[] {4, 16, 64}) {
      double most = KlBounds.analytical(n);
      double stopping = Harmonic.difference(n - 1, 0);
      assertThat(page)
          .contains(
              row(
                  n,
                  up(most),
                  up(DriftBudget.leastHardTotal(most, 0.05)),
                  up(stopping),
                  up(DriftBudget.leastHardTotal(stopping, 0.05))));
    }
    assertThat(DriftBudget.leastHardTotal(1, 0.05)).isBetween(7.15, 7.2);
  }
}
