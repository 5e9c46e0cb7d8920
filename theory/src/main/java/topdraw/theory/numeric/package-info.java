/// The arithmetic beneath: sums and differences that keep their digits, roots, integrals, argument
/// checks, loops that give the same result on any number of cores. Start at [LogSpace].
@NullMarked
package topdraw.theory.numeric;

import org.jspecify.annotations.NullMarked;
