package topdraw.gateway.settings;

import java.time.Duration;
import java.util.Optional;

/// How far answers may drift from the model.
///
/// @param nats the budget, above 0
/// @param each whether it is an answer's mean; else it is the sum over the window
/// @param hard whether an answer that would go beyond is not made; else it is told
/// @param window after how long the account begins anew; empty for never
/// @param least the fewest completions that a budget which binds may lower an answer to; at 1 the
///   model's own answer is given
/// @param most the most completions of one answer, which the ledger's bound rests on
public record Budget(
    double nats, boolean each, boolean hard, Optional<Duration> window, int least, int most) {}
