/// Recorded samples of any origin: a run of ours, or files of others. Start at
/// [topdraw.recordings.Recording]; [topdraw.recordings.imports.Recordings] opens one.
///
///     run, imports → prompts, row, file        exports, replay, compare → run, imports
@NullMarked
package topdraw.recordings;

import org.jspecify.annotations.NullMarked;
