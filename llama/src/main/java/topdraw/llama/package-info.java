/// The embedded reference policy: llama.cpp driven through the foreign-function API, and the model
/// on disk. Start at [LlamaPolicy] and [ModelStore].
@NullMarked
package topdraw.llama;

import org.jspecify.annotations.NullMarked;
