/// Exact best-of-n theory on finite supports: numbers in, numbers out.
/// - information is in nats (natural logarithm); probabilities and win rates are in `[0, 1]`;
/// - `p` is the reference policy, `n` the completions drawn, `epsilon` the probability of one
///   completion;
/// - an argument out of range raises [IllegalArgumentException]; `NaN` is never returned;
/// - nothing here reads a file, draws a random number or logs.
///
/// *The paper* is Beirami et al. (2025), *Theoretical Guarantees on the Best-of-n Alignment
/// Policy*, arXiv 2401.01879.
@NullMarked
package topdraw.theory;

import org.jspecify.annotations.NullMarked;
