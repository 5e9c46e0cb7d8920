@NullMarked
package topdraw.cli;

import org.jspecify.annotations.NullMarked;
