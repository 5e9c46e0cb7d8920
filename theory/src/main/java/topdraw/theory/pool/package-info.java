/// Estimates from recorded draws of one prompt, for every `n` up to their number. Start at [Pool].
@NullMarked
package topdraw.theory.pool;

import org.jspecify.annotations.NullMarked;
