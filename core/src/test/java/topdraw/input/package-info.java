@NullMarked
package topdraw.input;

import org.jspecify.annotations.NullMarked;
