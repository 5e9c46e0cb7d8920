@NullMarked
package topdraw.advice;

import org.jspecify.annotations.NullMarked;
