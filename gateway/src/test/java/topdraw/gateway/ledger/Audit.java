package topdraw.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import topdraw.theory.confidence.DriftLedger;

/// Recomputes an account of one ledger from its entries, with the theory alone.
final class Audit {
  private Audit() {}

  /// Everything that the account says follows from its entries, to the last digit.
  static void check(DriftAccounts accounts, Account account, DriftBudget budget)
      throws LedgerException {
    List<Entry> entries = accounts.entries(account, budget.alpha(), Integer.MAX_VALUE);
    List<Entry> settled =
        entries.stream()
            .filter(entry -> entry.settlement().isPresent() && entry.most() > 0)
            .sorted(Comparator.comparingLong(entry -> ledger(entry).requests()))
            .toList();
    DriftLedger known = DriftLedger.empty(budget.top(), budget.alpha());
    Map<Long, DriftLedger> states = new HashMap<>(Map.of(0L, known));
    for (Entry entry : settled) {
      known = known.plus(entry.settlement().orElseThrow().drift(), entry.foretold());
      assertThat(ledger(entry)).isEqualTo(known);
      states.put(known.requests(), known);
    }
    List<DriftLedger.Open> open = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      assertThat(states).as("what %s knew", entry).containsKey(entry.known());
      assertThat(entry.foretold())
          .isEqualTo(Objects.requireNonNull(states.get(entry.known())).foretold());
      if (entry.settlement().isEmpty() && entry.most() > 0) {
        open.add(new DriftLedger.Open(entry.foretold(), entry.most()));
      }
    }
    Standing standing = accounts.standing(account, budget);
    boolean untouched = open.isEmpty() && settled.isEmpty();
    assertThat(standing.certificate()).isEqualTo(untouched ? 0 : known.upper(open));
    assertThat(standing.estimate()).isEqualTo(known.sum());
    assertThat(standing.answers() + standing.open()).isEqualTo(entries.size());
  }

  private static DriftLedger ledger(Entry entry) {
    return entry.settlement().orElseThrow().ledger();
  }
}
