/// The `topdraw` command: puts the parts together. Answers go to stdout, everything else to stderr.
@NullMarked
package topdraw.cli;

import org.jspecify.annotations.NullMarked;
