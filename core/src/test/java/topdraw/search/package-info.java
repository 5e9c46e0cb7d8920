@NullMarked
package topdraw.search;

import org.jspecify.annotations.NullMarked;
