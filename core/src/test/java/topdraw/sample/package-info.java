@NullMarked
package topdraw.sample;

import org.jspecify.annotations.NullMarked;
