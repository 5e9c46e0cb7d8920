/// Findings in a reader's words, the same for commands, pages and whoever else tells them: how a
/// quantity, its unit, its evidence, a source and a number are said. Start at
/// [topdraw.words.text.FindingText] for lines, at [topdraw.words.json.FindingJson] for JSON.
///
/// Nothing here computes a number, reads a file or prints.
@NullMarked
package topdraw.words;

import org.jspecify.annotations.NullMarked;
