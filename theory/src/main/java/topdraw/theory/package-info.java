/// Best-of-n theory: numbers in, numbers out. A package a topic, each knowing only those before it:
///
///     numeric, finding ← law ← bound ← confidence ← pool ← quantity
///
/// - information is in nats (natural logarithm); probabilities and win rates are in `[0, 1]`;
/// - `p` is the reference policy, `n` the completions drawn, `epsilon` the probability of one
///   completion;
/// - an argument out of range raises [IllegalArgumentException]; `NaN` is never returned;
/// - nothing here reads a file, draws a random number or logs.
///
/// *The paper* is Beirami et al. (2025), *Theoretical Guarantees on the Best-of-n Alignment
/// Policy*, arXiv 2401.01879. Start at [topdraw.theory.law.Law] for what is exact,
/// [topdraw.theory.bound.KlBounds] for what is proven, [topdraw.theory.pool.Pool] for what recorded
/// draws say.
@NullMarked
package topdraw.theory;

import org.jspecify.annotations.NullMarked;
