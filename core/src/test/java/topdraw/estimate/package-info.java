@NullMarked
package topdraw.estimate;

import org.jspecify.annotations.NullMarked;
