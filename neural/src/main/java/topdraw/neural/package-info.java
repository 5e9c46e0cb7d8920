/// A reward that asks a sentence model: likeness to a text. The model comes in a jar. Start at
/// [topdraw.neural.SimilarProvider].
@NullMarked
package topdraw.neural;

import org.jspecify.annotations.NullMarked;
