/// Lines read one by one, and a database on disk for what memory does not hold. Start at
/// [topdraw.recordings.file.LineReader].
@NullMarked
package topdraw.recordings.file;

import org.jspecify.annotations.NullMarked;
