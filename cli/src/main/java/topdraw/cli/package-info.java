/// The `topdraw` program: one class a command. A command puts the parts together, hands them to
/// each other and says what came of it: answers to stdout, everything else to stderr.
@NullMarked
package topdraw.cli;

import org.jspecify.annotations.NullMarked;
