package topdraw.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import topdraw.gateway.ledger.Account;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.ledger.DriftBudget;
import topdraw.gateway.ledger.Entry;
import topdraw.gateway.ledger.LedgerException;
import topdraw.gateway.ledger.Standing;
import topdraw.theory.confidence.DriftLedger;

/// One account of a drift ledger, computed again from its entries by the theory alone.
///
/// @param settled the drift of each settled entry, in nats
/// @param open when each entry was admitted that nobody settled
/// @param sumsFollow whether sums and certificate are what follows from the entries, to the last
///   digit
record LedgerAudit(List<Double> settled, List<Instant> open, boolean sumsFollow) {
  private static final double ALPHA = 0.05;

  /// Audits an account that has one ledger, as one without a budget and windows has.
  ///
  /// @throws LedgerException if it cannot be read
  static LedgerAudit of(DriftAccounts accounts, Account account) throws LedgerException {
    List<Entry> entries = accounts.entries(account, ALPHA, Integer.MAX_VALUE).reversed();
    List<Entry> settled =
        entries.stream()
            .filter(entry -> entry.settlement().isPresent())
            .sorted(Comparator.comparingLong(entry -> ledger(entry).requests()))
            .toList();
    if (settled.isEmpty()) return new LedgerAudit(List.of(), admitted(entries), true);
    double top = ledger(settled.getFirst()).top();
    DriftLedger known = DriftLedger.empty(top, ALPHA);
    boolean follows = true;
    for (Entry entry : settled) {
      known = known.plus(drift(entry), entry.foretold());
      follows &= known.equals(ledger(entry));
    }
    List<DriftLedger.Open> open = new ArrayList<>();
    entries.stream()
        .filter(entry -> entry.settlement().isEmpty())
        .forEach(entry -> open.add(new DriftLedger.Open(entry.foretold(), entry.most())));
    Standing standing = accounts.standing(account, DriftBudget.none(top, ALPHA));
    follows &=
        standing.estimate() == known.sum()
            && standing.certificate() == known.upper(open)
            && standing.answers() == settled.size();
    return new LedgerAudit(
        settled.stream().map(LedgerAudit::drift).toList(), admitted(entries), follows);
  }

  private static List<Instant> admitted(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.settlement().isEmpty())
        .map(Entry::admitted)
        .toList();
  }

  private static DriftLedger ledger(Entry entry) {
    return entry.settlement().orElseThrow().ledger();
  }

  private static double drift(Entry entry) {
    return entry.settlement().orElseThrow().drift();
  }

  /// Whether all these drifts are among the settled ones, each as often at least, to the last
  /// digit.
  boolean holds(List<Double> told) {
    Map<Double, Integer> left = new HashMap<>();
    settled.forEach(nats -> left.merge(nats, 1, Integer::sum));
    return told.stream().allMatch(nats -> left.merge(nats, -1, Integer::sum) >= 0);
  }
}
