/// What is wrong with what a user gave, in words that each front end finishes with its own names of
/// the parameters. Start at [topdraw.input.InputException].
@NullMarked
package topdraw.input;

import org.jspecify.annotations.NullMarked;
