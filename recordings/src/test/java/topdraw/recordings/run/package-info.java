@NullMarked
package topdraw.recordings.run;

import org.jspecify.annotations.NullMarked;
