/// Rewards behind HTTP: vLLM, Text Embeddings Inference, OpenRLHF, our own protocol, and any JSON
/// endpoint by a template. Start at [topdraw.servers.reward.ServerRewards].
///
/// Scores are taken raw, mapped back by index or id, and a list that is not exactly what was asked
/// for is no list: a score that fails is missing, with the reason. Nothing is ever cut short: what
/// is too long for a server is missing.
@NullMarked
package topdraw.servers.reward;

import org.jspecify.annotations.NullMarked;
