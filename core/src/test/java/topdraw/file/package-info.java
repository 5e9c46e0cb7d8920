@NullMarked
package topdraw.file;

import org.jspecify.annotations.NullMarked;
