/// Recordings as training data and as tables. Start at [topdraw.recordings.exports.Export].
@NullMarked
package topdraw.recordings.exports;

import org.jspecify.annotations.NullMarked;
