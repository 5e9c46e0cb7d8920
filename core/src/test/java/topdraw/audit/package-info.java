@NullMarked
package topdraw.audit;

import org.jspecify.annotations.NullMarked;
