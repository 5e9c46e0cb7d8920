@NullMarked
package topdraw.selection;

import org.jspecify.annotations.NullMarked;
