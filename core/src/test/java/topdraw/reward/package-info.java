@NullMarked
package topdraw.reward;

import org.jspecify.annotations.NullMarked;
