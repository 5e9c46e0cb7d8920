/// Rewards that ask a small model: likeness to a text, whose model comes in a jar, and civility,
/// whose model is fetched. Start at [topdraw.neural.SimilarProvider].
@NullMarked
package topdraw.neural;

import org.jspecify.annotations.NullMarked;
