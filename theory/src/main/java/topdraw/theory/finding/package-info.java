/// One number for a person, with everything needed to trust it or not. Start at [Finding].
@NullMarked
package topdraw.theory.finding;

import org.jspecify.annotations.NullMarked;
