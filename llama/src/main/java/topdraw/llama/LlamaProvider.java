package topdraw.llama;

import java.util.List;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reference.PolicyContext;
import topdraw.reference.PolicyProvider;
import topdraw.reference.ReferencePolicy;

/// Provides `llama`, the default model, and `llama:FILE.gguf`, another. Its settings are `threads`,
/// `width`, `context-tokens` and `engine`, as in [LlamaSettings] and
/// [topdraw.llama.engine.EngineBuild#label], and `trust-model`: with `true` the file need not be
/// one that Topdraw knows by its hash.
///
/// What it opens also draws block by block ([topdraw.reference.BlockPolicy]) and answers questions
/// ([topdraw.reference.Judge]).
public final class LlamaProvider implements PolicyProvider {
  /// The service loader's constructor.
  public LlamaProvider() {}

  @Override
  public List<Offer<ReferencePolicy, PolicyContext>> offers() {
    return List.of(new Offer<>(Opening.NAME, Opening.FORM, LlamaProvider::open));
  }

  private static ReferencePolicy open(Asked asked, PolicyContext context) {
    Opening opening = Opening.of(asked, context.settings(), context.progress());
    opening.tellMemory(context.sampling().maxTokens(), context.progress());
    return LlamaPolicy.open(opening.file(), context.sampling(), context.seed(), opening.settings());
  }
}
