/// What one row says, wherever it stands: numbers, log-probabilities and their worth, the columns
/// of our tables, a line that holds a draw. Start at [topdraw.recordings.row.DrawLine].
@NullMarked
package topdraw.recordings.row;

import org.jspecify.annotations.NullMarked;
