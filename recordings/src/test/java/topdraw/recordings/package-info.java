@NullMarked
package topdraw.recordings;

import org.jspecify.annotations.NullMarked;
