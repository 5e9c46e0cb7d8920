@NullMarked
package topdraw.recordings.exports;

import org.jspecify.annotations.NullMarked;
