/// What a user hands in, before anything is made of it ([topdraw.input.GivenFile]), and what is
/// wrong with it, in words that each front end finishes with its own names of the parameters. Start
/// at [topdraw.input.InputException].
@NullMarked
package topdraw.input;

import org.jspecify.annotations.NullMarked;
