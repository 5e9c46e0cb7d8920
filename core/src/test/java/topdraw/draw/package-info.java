@NullMarked
package topdraw.draw;

import org.jspecify.annotations.NullMarked;
