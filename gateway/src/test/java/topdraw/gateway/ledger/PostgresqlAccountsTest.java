package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.gateway.ledger.Admission.Admitted;
import topdraw.input.InputException;
import topdraw.theory.confidence.DriftLedger;

/// Gateways at a real PostgreSQL server, which may go away.
class PostgresqlAccountsTest {
  private static DriftAccounts open(Database database) throws LedgerException {
    return DriftAccounts.open(database, "one", InstantSource.system());
  }

  private static Debit debit(DriftAccounts accounts, Account account) throws LedgerException {
    return ((Admitted)
            accounts.admit(account, DriftBudget.none(2, 0.05), List.of(Offer.of(16, 1.8, 1))))
        .debit();
  }

  /// A third comes back to the last bit, and so does the smallest number above 0.
  @Test
  void numbersComeBackToTheLastBit() throws LedgerException {
    Account account = new Account("digits", "best");
    DriftLedger expected = DriftLedger.empty(2, 0.05);
    try (DriftAccounts accounts = open(PostgresqlServer.shared().database())) {
      for (double drift : new double[] {1 / 3.0, Double.MIN_VALUE, Math.PI / 2, 1e-300, 1.1}) {
        accounts.settle(debit(accounts, account), List.of(drift));
        expected = expected.plus(drift);
        Entry last = accounts.entries(account, 0.05, 1).getFirst();
        assertThat(last.settlement().orElseThrow().drift()).isEqualTo(drift);
        assertThat(last.settlement().orElseThrow().ledger()).isEqualTo(expected);
      }
      assertThat(accounts.standing(account, DriftBudget.none(2, 0.05)).certificate())
          .isEqualTo(expected.upper());
    }
  }

  /// As after a power cut of the server: what was acknowledged is there, and connections come back.
  @Test
  void aServerThatGoesAwayIsALedgerExceptionUntilItIsBack() throws LedgerException {
    Account account = new Account("lost", "best");
    try (PostgresqlServer server = PostgresqlServer.startOrSkip();
        DriftAccounts accounts = open(server.database())) {
      Debit first = debit(accounts, account);
      server.stopAtOnce();
      assertThatThrownBy(() -> debit(accounts, account))
          .isInstanceOf(LedgerException.class)
          .hasMessageStartingWith("the drift ledger at postgresql://127.0.0.1:")
          .hasMessageContaining("cannot be written: it cannot be reached: ")
          .message()
          .hasLineCount(1);
      server.start();
      accounts.settle(first, List.of(0.5));
      assertThat(accounts.entries(account, 0.05, 10)).hasSize(1);
    }
  }

  @Test
  void whatAUserCanMendIsSaidInOneLine() {
    PostgresqlServer server = PostgresqlServer.shared();
    assertThatThrownBy(() -> open(server.database("wrong")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("wrong");
    String other = server.place().replace("/postgres", "/nowhere");
    assertThatThrownBy(() -> open(Database.of(other, _ -> Optional.of(PostgresqlServer.PASSWORD))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("database \"nowhere\" does not exist");
    assertThatThrownBy(
            () -> open(Database.of("postgresql://x@127.0.0.1:1/postgres", _ -> Optional.empty())))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("cannot be reached");
  }
}
