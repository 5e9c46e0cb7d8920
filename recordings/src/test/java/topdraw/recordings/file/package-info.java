@NullMarked
package topdraw.recordings.file;

import org.jspecify.annotations.NullMarked;
