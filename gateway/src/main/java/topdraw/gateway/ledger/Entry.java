package topdraw.gateway.ledger;

import java.time.Instant;
import java.util.Optional;
import topdraw.theory.confidence.DriftLedger;

/// One answer in an account, open or settled.
///
/// @param ledger the number of its ledger in the account
/// @param number its place in the order of admission, from 1
/// @param n completions drawn for it
/// @param most the most that it can cost, in nats
/// @param textbook what the textbook formula says of it, in nats
/// @param known how many entries the ledger knew when it was admitted
/// @param foretold what the ledger foretold of it when it was admitted, in nats
/// @param instance the name of the gateway that admitted it
/// @param admitted when
/// @param settlement what it came to; empty while it is open
public record Entry(
    long ledger,
    long number,
    int n,
    double most,
    double textbook,
    long known,
    double foretold,
    String instance,
    Instant admitted,
    Optional<Settlement> settlement) {

  /// What an answer came to, and the ledger after it.
  ///
  /// @param drift the estimate of its drift, in nats
  /// @param at when it was settled
  /// @param ledger the account of all that were settled up to this one; an answer that cannot drift
  ///   is none of its entries
  /// @param textbook the sum of what the textbook formula says of the same answers, in nats
  public record Settlement(double drift, Instant at, DriftLedger ledger, double textbook) {}
}
