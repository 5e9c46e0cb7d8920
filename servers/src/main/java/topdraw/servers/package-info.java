/// Reference policies behind HTTP: vLLM, llama.cpp's server, Ollama, OpenAI and whatever speaks as
/// they do. Start at [topdraw.servers.HttpPolicy].
///
/// One completion is one request with a seed of its own. What a server's log-probabilities are
/// worth is known for the kinds that were seen ([topdraw.servers.ServerKind]) and checked at each
/// answer; of others nothing is claimed.
@NullMarked
package topdraw.servers;

import org.jspecify.annotations.NullMarked;
