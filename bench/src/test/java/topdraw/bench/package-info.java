@NullMarked
package topdraw.bench;

import org.jspecify.annotations.NullMarked;
