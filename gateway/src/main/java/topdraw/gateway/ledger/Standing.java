package topdraw.gateway.ledger;

import java.time.Instant;
import java.util.Optional;

/// Where an account stands in its window.
///
/// @param answers how many were settled
/// @param open how many are in flight, or were when their gateway died; each counts at its worst
/// @param orphans how many of the open ones an earlier process of this gateway left; they stay open
/// @param estimate the sum of the estimates of the settled ones, in nats (*estimate*)
/// @param certificate what all drifts together are at most, open ones included, in nats (*theorem*
///   with [#confidence])
/// @param confidence of the certificate, in `(0, 1)`
/// @param textbook the sum of the textbook formula over the same answers, in nats
/// @param left what is left of the budget, in nats: below 0 where an advisory one is overdrawn, and
///   where a mean has not had the answers yet that let the first one through; infinite without a
///   budget
/// @param began when the window began; empty where there is none
/// @param frees when the next window begins; empty where there is none
public record Standing(
    long answers,
    long open,
    long orphans,
    double estimate,
    double certificate,
    double confidence,
    double textbook,
    double left,
    Optional<Instant> began,
    Optional<Instant> frees) {}
