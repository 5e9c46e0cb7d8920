/// The one small language for places in a row, whatever the file's format. Start at
/// [topdraw.recordings.path.RowPath].
@NullMarked
package topdraw.recordings.path;

import org.jspecify.annotations.NullMarked;
