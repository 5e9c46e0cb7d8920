/// Quantities by name, from inputs by name: what `topdraw compute` offers. Start at [Quantities].
@NullMarked
package topdraw.theory.quantity;

import org.jspecify.annotations.NullMarked;
