package topdraw.gateway.ledger;

import java.time.Instant;
import java.util.Optional;

/// Whether a budget lets a request through, and how.
public sealed interface Admission {
  /// It does, and the debit is in the database.
  ///
  /// @param debit to be settled or refunded
  /// @param offer how to answer
  /// @param lowered where it is not the dearest way, one line that says why
  record Admitted(Debit debit, Offer offer, Optional<String> lowered) implements Admission {}

  /// It does not, in none of the ways offered.
  ///
  /// @param left what is left of the budget, in nats
  /// @param soon whether the end of requests in flight may make room
  /// @param frees when the next window begins; empty where there is none
  /// @param reason one line
  record Exhausted(double left, boolean soon, Optional<Instant> frees, String reason)
      implements Admission {}
}
