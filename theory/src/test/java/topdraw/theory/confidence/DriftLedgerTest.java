package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.Coverage;
import topdraw.theory.Tables;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// The account of drift over requests. Its formula is in [ConfidenceGoldenTest].
class DriftLedgerTest {
  private static final Law[] LAWS = new Law[17];

  static {
    for (int n = 1; n < LAWS.length; n++) {
      LAWS[n] =
          Law.of(new Selection.BestOfN(n), OutcomeTable.ofProbabilities(0.7, 0.2, 0.05, 0.05));
    }
  }

  /// 200 ledgers of 100 requests, `n` chosen from what was returned before; each read throughout.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theDriftLedgerHoldsAtEveryRequest(long seed) {
    RandomGenerator random = Tables.random(seed);
    OutcomeTable table = OutcomeTable.ofProbabilities(0.7, 0.2, 0.05, 0.05);
    int failed = 0;
    for (int ledgers = 0; ledgers < 200; ledgers++) {
      var ledger = DriftLedger.empty(KlBounds.analytical(16), 0.05);
      double spent = 0;
      int n = 16;
      boolean holds = true;
      for (int request = 0; request < 100; request++) {
        Law law = LAWS[n];
        int winner = draw(law.probabilities(), random);
        ledger = ledger.plus(KlBounds.sharpBound(n, table.probabilities()[winner]));
        spent += law.kl();
        holds &= spent <= ledger.upper();
        n = winner == 3 ? 4 : 16;
      }
      failed += holds ? 0 : 1;
      assertThat(ledger.requests()).isEqualTo(100);
      assertThat(ledger.upper()).isGreaterThan(ledger.sum());
    }
    assertThat(failed).isLessThanOrEqualTo(10);
  }

  private static int draw(double[] p, RandomGenerator random) {
    double u = random.nextDouble();
    int i = 0;
    while (i < p.length - 1 && u >= p[i]) {
      u -= p[i++];
    }
    return i;
  }

  /// Entries of 0 or all, the hardest: 4,000 ledgers of 100 requests, each read throughout. A
  /// calculation apart, with numpy, has 1.2 % of 20,000 ledgers of 60 % fail at some time.
  @Test
  void theDriftLedgerFailsWithinItsLimitsOnBothSides() {
    Coverage.assertBetween(0.007, 0.018, 0.4, DriftLedgerTest::failedAtSomeTime);
  }

  private static double failedAtSomeTime(double alpha) {
    RandomGenerator random = Tables.random(5);
    int failed = 0;
    for (int ledgers = 0; ledgers < 4_000; ledgers++) {
      var ledger = DriftLedger.empty(2, alpha);
      boolean holds = true;
      for (int request = 1; request <= 100; request++) {
        ledger = ledger.plus(random.nextDouble() < 0.3 ? 2 : 0);
        holds &= request * 0.6 <= ledger.upper();
      }
      failed += holds ? 0 : 1;
    }
    return failed / 4_000.0;
  }

  @Test
  void anEntryOutOfRangeIsRefused() {
    DriftLedger ledger = DriftLedger.empty(1, 0.05);
    for (double entry : new double[] {2, 1 + 1e-11, -1e-300, Double.NaN}) {
      assertThatThrownBy(() -> ledger.plus(entry))
          .hasMessage("an entry of this ledger is in [0, 1.0] nats, was " + entry);
    }
    assertThat(ledger.plus(1 + 1e-13).plus(1 + 1e-12).plus(0).requests()).isEqualTo(3);
    assertThatThrownBy(() -> DriftLedger.empty(0, 0.05)).hasMessageContaining("top");
    assertThatThrownBy(() -> DriftLedger.empty(1, 1)).hasMessageContaining("alpha");
  }

  /// The lowest of the eight rates, 0.9/128, serves the longest ledgers: 4253.99… is `(log(8/0.05)
  /// + 1e6 psi) / rate` there at 40 digits; half that rate would say 3205.5.
  @Test
  void aLongLedgerIsReadAtTheLowestRate() {
    assertThat(new DriftLedger(1, 0.05, 1, 0, 1e6).upper())
        .isCloseTo(4253.9943856403868, within(1e-8));
  }
}
