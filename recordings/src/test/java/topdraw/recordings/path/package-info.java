/// Tests of the package of the same name.
@NullMarked
package topdraw.recordings.path;

import org.jspecify.annotations.NullMarked;
