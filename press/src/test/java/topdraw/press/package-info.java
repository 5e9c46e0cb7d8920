@NullMarked
package topdraw.press;

import org.jspecify.annotations.NullMarked;
