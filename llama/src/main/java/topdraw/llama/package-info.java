/// The embedded reference policy: a language model in this process. Start at [LlamaPolicy] and
/// [topdraw.llama.store.ModelStore].
@NullMarked
package topdraw.llama;

import org.jspecify.annotations.NullMarked;
