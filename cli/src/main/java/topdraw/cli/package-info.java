/// The topdraw command: commands, progress and messages; puts the parts together and hands them to
/// each other. Start at [Topdraw].
@NullMarked
package topdraw.cli;

import org.jspecify.annotations.NullMarked;
