/// Exact laws on finite supports: what a selection returns, how far that is from the reference
/// policy, how often it wins, what it costs. Start at [Law], which is given a [Selection] and an
/// [OutcomeTable].
@NullMarked
package topdraw.theory.law;

import org.jspecify.annotations.NullMarked;
