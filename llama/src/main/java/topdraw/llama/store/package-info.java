/// The models in the user's cache, and how the default one gets there. Start at [ModelStore].
@NullMarked
package topdraw.llama.store;

import org.jspecify.annotations.NullMarked;
