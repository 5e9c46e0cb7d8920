/// Recorded samples: a run is a folder that anyone can read in ten years. Start at
/// [topdraw.recordings.RunFolder].
@NullMarked
package topdraw.recordings;

import org.jspecify.annotations.NullMarked;
