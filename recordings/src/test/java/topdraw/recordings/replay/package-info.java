@NullMarked
package topdraw.recordings.replay;

import org.jspecify.annotations.NullMarked;
