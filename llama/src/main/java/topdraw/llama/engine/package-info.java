/// llama.cpp through the foreign-function API: a model, its cache, and completions drawn side by
/// side. Start at [LlamaModel] and [Slots]; [LlamaContext] says what makes a draw's bits its own.
@NullMarked
package topdraw.llama.engine;

import org.jspecify.annotations.NullMarked;
