@NullMarked
package topdraw.words;

import org.jspecify.annotations.NullMarked;
