/// One JSON for the whole program: the same limits, the same shapes, no NaN.
@NullMarked
package topdraw.json;

import org.jspecify.annotations.NullMarked;
