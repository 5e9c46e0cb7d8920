@NullMarked
package topdraw.recordings.imports;

import org.jspecify.annotations.NullMarked;
