/// What a user hands in, before anything is made of it. Start at [GivenFile].
@NullMarked
package topdraw.input;

import org.jspecify.annotations.NullMarked;
