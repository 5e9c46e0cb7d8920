/// What is proven of drift and win rate when the law is not known, or only in part: from `n` alone,
/// from one probability, from the masses of levels. Start at [KlBounds] and [WinRateBounds];
/// [ExactFindings] sets all of them beside the exact numbers.
@NullMarked
package topdraw.theory.bound;

import org.jspecify.annotations.NullMarked;
