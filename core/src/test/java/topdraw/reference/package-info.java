@NullMarked
package topdraw.reference;

import org.jspecify.annotations.NullMarked;
