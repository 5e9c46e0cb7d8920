@NullMarked
package topdraw.spark;

import org.jspecify.annotations.NullMarked;
