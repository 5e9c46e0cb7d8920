/// Findings and what is made of them as lines of text. Start at [topdraw.words.text.FindingText].
@NullMarked
package topdraw.words.text;

import org.jspecify.annotations.NullMarked;
