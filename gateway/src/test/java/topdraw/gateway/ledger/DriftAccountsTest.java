package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.gateway.ledger.Admission.Admitted;
import topdraw.gateway.ledger.Admission.Exhausted;
import topdraw.gateway.ledger.DriftBudget.Limit;
import topdraw.gateway.ledger.DriftBudget.Strictness;
import topdraw.input.InputException;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.DriftLedger;
import topdraw.words.Digits;

/// One gateway and its SQLite file.
class DriftAccountsTest {
  private static final Account ACCOUNT = new Account("team", "best");
  private static final double TOP = KlBounds.analytical(16);
  private static final Offer SIXTEEN = Offer.of(16, TOP, 1);
  private static final Offer FOUR = Offer.of(4, KlBounds.analytical(4), 1);
  private static final Offer ONE = Offer.of(1, 0, 1);
  private static final DriftBudget NONE = DriftBudget.none(TOP, 0.05);

  @TempDir private Path folder;
  private final Seconds clock = new Seconds();

  private DriftAccounts open() throws LedgerException {
    return open("one");
  }

  private DriftAccounts open(String instance) throws LedgerException {
    return DriftAccounts.open(new Database.Sqlite(folder.resolve("drift.db")), instance, clock);
  }

  private static DriftBudget total(double nats, Strictness strictness) {
    return new DriftBudget(new Limit.Total(nats), strictness, Optional.empty(), TOP, 0.05);
  }

  private static Debit debit(DriftAccounts accounts, DriftBudget budget, Offer... ladder)
      throws LedgerException {
    return ((Admitted) accounts.admit(ACCOUNT, budget, List.of(ladder))).debit();
  }

  /// Request after request, the certificate is that of `topdraw compute`, to the last digit.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void oneAfterTheOtherItIsTheLedgerOfTheTheory(long seed) throws LedgerException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    DriftLedger expected = DriftLedger.empty(TOP, 0.05);
    double textbook = 0;
    try (DriftAccounts accounts = open()) {
      for (int i = 0; i < 200; i++) {
        Offer offer = random.nextBoolean() ? SIXTEEN : FOUR;
        double drift = offer.most() * random.nextDouble();
        accounts.settle(debit(accounts, NONE, offer), List.of(drift));
        expected = expected.plus(drift);
        textbook += offer.textbook();
      }
      Standing standing = accounts.standing(ACCOUNT, NONE);
      assertThat(standing.certificate()).isEqualTo(expected.upper());
      assertThat(standing.estimate()).isEqualTo(expected.sum());
      assertThat(standing.textbook()).isEqualTo(textbook);
      assertThat(standing.answers()).isEqualTo(200);
      assertThat(standing.left()).isEqualTo(Double.POSITIVE_INFINITY);
      List<Entry> entries = accounts.entries(ACCOUNT, 0.05, 3);
      assertThat(entries).extracting(Entry::number).containsExactly(200L, 199L, 198L);
      assertThat(entries.getFirst().settlement().orElseThrow().ledger()).isEqualTo(expected);
    }
    try (DriftAccounts accounts = open()) {
      assertThat(accounts.standing(ACCOUNT, NONE).certificate()).isEqualTo(expected.upper());
      assertThat(accounts.accounts()).containsExactly(ACCOUNT);
    }
  }

  @Test
  void anAnswerInFlightCountsAtItsWorstAndSettlingOrTakingBackIsDoneOnce() throws LedgerException {
    try (DriftAccounts accounts = open()) {
      assertThat(accounts.standing(ACCOUNT, NONE))
          .isEqualTo(
              new Standing(
                  0,
                  0,
                  0,
                  0,
                  0,
                  0.95,
                  0,
                  Double.POSITIVE_INFINITY,
                  Optional.empty(),
                  Optional.empty()));
      assertThat(accounts.accounts()).isEmpty();
      Debit first = debit(accounts, NONE, SIXTEEN);
      Debit second = debit(accounts, NONE, FOUR);
      DriftLedger empty = DriftLedger.empty(TOP, 0.05);
      var open = List.of(new DriftLedger.Open(TOP, TOP), new DriftLedger.Open(TOP, FOUR.most()));
      Standing standing = accounts.standing(ACCOUNT, NONE);
      assertThat(standing.certificate()).isEqualTo(empty.upper(open));
      assertThat(standing.open()).isEqualTo(2);
      assertThat(standing.textbook()).isEqualTo(TOP + FOUR.most());

      for (int twice = 0; twice < 2; twice++) {
        accounts.settle(first, List.of(0.25));
        accounts.refund(second);
        assertThat(accounts.standing(ACCOUNT, NONE).certificate())
            .isEqualTo(empty.plus(0.25).upper());
      }
      accounts.refund(first);
      accounts.settle(second, List.of(0.1));
      assertThat(accounts.standing(ACCOUNT, NONE).certificate())
          .as("what is settled is not taken back, and what was taken back is not settled")
          .isEqualTo(empty.plus(0.25).upper());
      assertThat(accounts.entries(ACCOUNT, 0.05, 10)).hasSize(1);
    }
  }

  @Test
  void aRequestForSeveralAnswersHasAnEntryForEach() throws LedgerException {
    try (DriftAccounts accounts = open()) {
      Debit debit = debit(accounts, NONE, Offer.of(4, 0.6, 3));
      assertThat(accounts.standing(ACCOUNT, NONE).open()).isEqualTo(3);
      assertThatThrownBy(() -> accounts.settle(debit, List.of(0.1)))
          .hasMessage("3 answers were admitted, and 1 have a drift");
      assertThatThrownBy(() -> accounts.settle(debit, List.of(0.1, 0.2, 0.7)))
          .hasMessage("the drift of this answer is in [0, 0.6] nats, was 0.7");
      assertThat(accounts.standing(ACCOUNT, NONE).open()).as("all or none").isEqualTo(3);
      accounts.settle(debit, List.of(0.1, 0.2, 0.6 * (1 + 1e-13)));
      DriftLedger expected =
          DriftLedger.empty(TOP, 0.05).plus(0.1, TOP).plus(0.2, TOP).plus(0.6, TOP);
      assertThat(accounts.standing(ACCOUNT, NONE).certificate()).isEqualTo(expected.upper());
      assertThatThrownBy(() -> accounts.admit(ACCOUNT, NONE, List.of(Offer.of(64, 3, 1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("costs more than the most of the budget");
    }
  }

  /// When little has been spent, one best-of-16 more is let through, then one best-of-4.
  @Test
  void aBudgetThatBindsLowersNOrSaysNo() throws LedgerException {
    DriftLedger known = DriftLedger.empty(TOP, 0.05);
    try (DriftAccounts accounts = open()) {
      for (int i = 0; i < 20; i++) {
        accounts.settle(debit(accounts, NONE, SIXTEEN), List.of(0.1));
        known = known.plus(0.1);
      }
      var sixteen = new DriftLedger.Open(known.foretold(), TOP);
      double nats =
          known.upper(List.of(sixteen, new DriftLedger.Open(known.foretold(), FOUR.most())));
      assertThat(known.upper(List.of(sixteen, sixteen))).isGreaterThan(nats);
      DriftBudget budget = total(nats, Strictness.HARD);
      Debit first = debit(accounts, budget, SIXTEEN, ONE);
      var lowered = (Admitted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN, FOUR, ONE));
      assertThat(lowered.offer()).isEqualTo(FOUR);
      assertThat(lowered.lowered().orElseThrow())
          .isEqualTo(
              "n = 4 in place of 16: %s nats of a budget of %s are spent (certified at 95 %%, answers in flight at their worst)"
                  .formatted(Digits.up(known.upper(List.of(sixteen))), Digits.near(nats)));
      var refused = (Exhausted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN));
      assertThat(refused.soon()).isTrue();
      assertThat(refused.frees()).isEmpty();
      assertThat(refused.reason())
          .startsWith("the drift budget of team/best does not let n = 16 through: ")
          .endsWith("; ask again by hand when requests in flight have ended: they may make room");
      assertThat(refused.left()).isZero();
      assertThat(accounts.standing(ACCOUNT, budget).open()).as("nothing was written").isEqualTo(2);

      var free = (Admitted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN, ONE));
      assertThat(free.offer()).isEqualTo(ONE);
      accounts.settle(free.debit(), List.of(0.0));
      accounts.refund(lowered.debit());
      accounts.settle(first, List.of(TOP));
      assertThat(accounts.standing(ACCOUNT, budget).certificate())
          .as("the answer of the reference policy is no entry of the ledger")
          .isEqualTo(known.plus(TOP).upper());
      assertThat(accounts.standing(ACCOUNT, budget).answers()).isEqualTo(22);
    }
  }

  @Test
  void aHardMeanBeginsWithAnswersThatCostNothing() throws LedgerException {
    DriftBudget budget =
        new DriftBudget(new Limit.Mean(1), Strictness.HARD, Optional.empty(), TOP, 0.05);
    try (DriftAccounts accounts = open()) {
      int free = 0;
      while (true) {
        var next = (Admitted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN, ONE));
        if (next.offer().equals(SIXTEEN)) {
          break;
        }
        free++;
        accounts.settle(next.debit(), List.of(0.0));
      }
      // One answer needs 13.208 nats: those of 13 answers given and its own.
      assertThat(free).isEqualTo(13);
      var flight = (Admitted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN, ONE));
      assertThat(flight.offer()).as("an answer in flight allows nothing to others").isEqualTo(ONE);
    }
  }

  @Test
  void anAdvisoryBudgetIsHeldAgainstTheEstimates() throws LedgerException {
    DriftBudget budget = total(4, Strictness.ADVISORY);
    DriftBudget mean =
        new DriftBudget(new Limit.Mean(0.5), Strictness.ADVISORY, Optional.empty(), TOP, 0.05);
    try (DriftAccounts accounts = open()) {
      Debit first = debit(accounts, budget, SIXTEEN);
      debit(accounts, budget, SIXTEEN);
      var refused = (Exhausted) accounts.admit(ACCOUNT, budget, List.of(SIXTEEN));
      assertThat(refused.reason()).contains("3.671 nats of a budget of 4 are spent (estimated");
      accounts.settle(first, List.of(0.1));
      assertThat(accounts.standing(ACCOUNT, budget).left()).isCloseTo(4 - 0.1 - TOP, within(1e-12));
      assertThat(accounts.admit(ACCOUNT, budget, List.of(SIXTEEN))).isInstanceOf(Admitted.class);
      assertThat(accounts.admit(ACCOUNT, mean, List.of(SIXTEEN))).isInstanceOf(Exhausted.class);
      for (int i = 0; i < 9; i++) {
        debit(accounts, mean, ONE);
      }
      assertThat(accounts.admit(ACCOUNT, mean, List.of(SIXTEEN))).isInstanceOf(Admitted.class);
    }
  }

  @Test
  void everyWindowBeginsAnew() throws LedgerException {
    DriftBudget daily =
        new DriftBudget(
            new Limit.Total(14), Strictness.HARD, Optional.of(Duration.ofDays(1)), TOP, 0.05);
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    try (DriftAccounts accounts = open()) {
      clock.set(noon.getEpochSecond());
      Debit first = debit(accounts, daily, SIXTEEN);
      var refused = (Exhausted) accounts.admit(ACCOUNT, daily, List.of(SIXTEEN));
      assertThat(refused.frees()).contains(midnight);
      assertThat(refused.reason()).contains("the next window begins at 2026-03-02T00:00:00Z");

      clock.set(midnight.getEpochSecond());
      Debit second = debit(accounts, daily, SIXTEEN);
      accounts.settle(first, List.of(0.5));
      Standing standing = accounts.standing(ACCOUNT, daily);
      assertThat(standing.open()).isEqualTo(1);
      assertThat(standing.answers()).isZero();
      assertThat(standing.began()).contains(midnight);
      assertThat(second.ledger()).isEqualTo(2);
      assertThat(accounts.entries(ACCOUNT, 0.05, 10)).hasSize(2);
      clock.set(midnight.getEpochSecond() - 1);
      assertThat(accounts.standing(ACCOUNT, daily).estimate()).isEqualTo(0.5);
    }
  }

  /// The ledger's `K` may not change once an answer is in it, so there are two, which share alpha.
  @Test
  void aBudgetWhoseMostIsRaisedBeginsALedgerBesideTheFirst() throws LedgerException {
    DriftBudget raised = DriftBudget.none(3.2, 0.05);
    try (DriftAccounts accounts = open()) {
      accounts.settle(debit(accounts, NONE, SIXTEEN), List.of(0.5));
      accounts.settle(debit(accounts, raised, Offer.of(64, 3.17, 1)), List.of(1.5));
      accounts.settle(debit(accounts, NONE, SIXTEEN), List.of(0.7));
      assertThat(accounts.standing(ACCOUNT, NONE).certificate())
          .isEqualTo(
              DriftLedger.empty(TOP, 0.025).plus(0.5).upper()
                  + DriftLedger.empty(3.2, 0.025).plus(1.5).plus(0.7).upper());
    }
  }

  @Test
  void whatWasOpenWhenAGatewayDiedStaysOpenAndTheNextOneKnowsIt() throws LedgerException {
    try (DriftAccounts accounts = open("one")) {
      debit(accounts, NONE, SIXTEEN);
    }
    try (DriftAccounts accounts = open("two")) {
      assertThat(accounts.standing(ACCOUNT, NONE).orphans()).isZero();
      debit(accounts, NONE, FOUR);
    }
    try (DriftAccounts accounts = open("one")) {
      debit(accounts, NONE, FOUR);
      Standing standing = accounts.standing(ACCOUNT, NONE);
      assertThat(standing.open()).isEqualTo(3);
      assertThat(standing.orphans()).isEqualTo(1);
      assertThat(accounts.entries(ACCOUNT, 0.05, 10))
          .extracting(Entry::instance)
          .containsExactly("one", "two", "one");
      var refused =
          (Exhausted) accounts.admit(ACCOUNT, total(13.5, Strictness.HARD), List.of(SIXTEEN));
      assertThat(refused.soon()).as("the orphan alone is in the way").isFalse();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void itsFilesAreTheOwnersAlone() throws IOException {
    try (DriftAccounts accounts = open()) {
      debit(accounts, NONE, SIXTEEN);
      try (var files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSizeGreaterThan(1)
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void aFileThatIsNoLedgerIsRefusedInOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "not a database, by far".repeat(99));
    assertThatThrownBy(() -> DriftAccounts.open(new Database.Sqlite(text), "one", clock))
        .isInstanceOf(InputException.class)
        .hasMessage(text + " is no SQLite database, or is damaged; name another");
    assertThatThrownBy(() -> DriftAccounts.open(new Database.Sqlite(folder), "one", clock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be opened for writing");
    assertThatThrownBy(
            () -> DriftAccounts.open(new Database.Sqlite(text.resolve("x/y.db")), "one", clock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be made");
  }

  @Test
  void aNewerLayoutIsRefusedInOneLine() throws Exception {
    open().close();
    change("UPDATE topdraw_meta SET value = '2'");
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the drift ledger in %s has layout 2 and this Topdraw knows layout 1; use the newer Topdraw, or another place"
                .formatted(folder.resolve("drift.db")));
  }

  private void change(String sql) throws SQLException {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("drift.db"));
        var statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /// A program that holds the file's lock: nothing is admitted, and all is well when it lets go.
  @Test
  void aLockedFileIsALedgerExceptionAndNothingIsLost() throws Exception {
    try (DriftAccounts accounts = open()) {
      Debit first = debit(accounts, NONE, SIXTEEN);
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("drift.db"));
          var statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> debit(accounts, NONE, SIXTEEN))
            .isInstanceOf(LedgerException.class)
            .hasMessage(
                "the drift ledger in %s cannot be written: another program has held its lock for too long"
                    .formatted(folder.resolve("drift.db")));
        statement.execute("ROLLBACK");
      }
      accounts.settle(first, List.of(0.5));
      assertThat(accounts.standing(ACCOUNT, NONE).estimate()).isEqualTo(0.5);
    }
  }

  /// Written to a file that nobody can find, a debit would be lost.
  @Test
  @DisabledOnOs(OS.WINDOWS) // there an open file stays
  void aFileThatWasDeletedMeanwhileIsALedgerException() throws IOException {
    Path file = folder.resolve("drift.db");
    try (DriftAccounts accounts = open()) {
      debit(accounts, NONE, SIXTEEN);
      Files.move(file, folder.resolve("moved.db"));
      assertThatThrownBy(() -> debit(accounts, NONE, SIXTEEN))
          .isInstanceOf(LedgerException.class)
          .hasMessage(
              "the drift ledger in %s was deleted or moved while it was open; put it back and start the gateway again"
                  .formatted(file));
      Files.move(folder.resolve("moved.db"), file);
      assertThat(accounts.standing(ACCOUNT, NONE).open()).isEqualTo(1);
    }
  }

  /// An interrupt does not leave its thread in doubt: the debit is there, and so is the interrupt.
  @Test
  void anInterruptedThreadLearnsWhatBecameOfItsDebit() throws LedgerException {
    try (DriftAccounts accounts = open()) {
      Thread.currentThread().interrupt();
      Debit debit = debit(accounts, NONE, SIXTEEN);
      assertThat(Thread.interrupted()).isTrue();
      accounts.refund(debit);
      assertThat(accounts.standing(ACCOUNT, NONE).open()).isZero();
    }
  }

  @Test
  void closedAccountsAreABug() throws LedgerException {
    DriftAccounts accounts = open();
    accounts.close();
    accounts.close();
    assertThatThrownBy(() -> accounts.accounts())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the drift ledger is closed");
  }
}
