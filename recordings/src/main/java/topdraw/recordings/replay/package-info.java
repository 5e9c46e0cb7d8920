/// Recordings as reference policies: what was drawn is drawn again, and nothing else. Start at
/// [topdraw.recordings.replay.RecordedPolicy].
@NullMarked
package topdraw.recordings.replay;

import org.jspecify.annotations.NullMarked;
