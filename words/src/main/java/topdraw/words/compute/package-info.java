/// Any quantity by its name, asked and answered in lines of JSON. Start at
/// [topdraw.words.compute.ComputeLine].
@NullMarked
package topdraw.words.compute;

import org.jspecify.annotations.NullMarked;
