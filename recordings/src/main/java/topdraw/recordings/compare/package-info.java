/// Two recordings of the same prompts, side by side. Start at
/// [topdraw.recordings.compare.RecordedComparison].
@NullMarked
package topdraw.recordings.compare;

import org.jspecify.annotations.NullMarked;
