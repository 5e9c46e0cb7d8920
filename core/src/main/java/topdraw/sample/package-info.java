/// Recorded samples: what a file says of completions drawn earlier, by us or by others. Start at
/// [topdraw.sample.PromptSamples].
///
/// Nothing here is cleaned: a log-probability above 0 or a missing reward stays as recorded, so
/// that the audit can see it.
@NullMarked
package topdraw.sample;

import org.jspecify.annotations.NullMarked;
