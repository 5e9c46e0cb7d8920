/// Findings in a reader's words and as JSON, for commands, pages and whoever else tells them. Start
/// at [topdraw.words.FindingText] and [topdraw.words.FindingJson].
///
/// Nothing here computes a number, reads a file or prints.
@NullMarked
package topdraw.words;

import org.jspecify.annotations.NullMarked;
