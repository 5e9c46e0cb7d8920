@NullMarked
package topdraw.recordings.compare;

import org.jspecify.annotations.NullMarked;
