/// Measurements side by side, in one run: what `topdraw bench` runs in a checkout. Not published.
/// Start at [topdraw.bench.Benches].
@NullMarked
package topdraw.bench;

import org.jspecify.annotations.NullMarked;
