@NullMarked
package topdraw.words.compute;

import org.jspecify.annotations.NullMarked;
