package topdraw.llama;

import java.util.List;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reference.SharedPolicy;
import topdraw.reference.SharedPolicyContext;
import topdraw.reference.SharedPolicyProvider;

/// Provides the models of [LlamaProvider] to many at once, by the same names and settings.
///
/// What it opens also answers questions ([topdraw.reference.Judge]).
public final class SharedLlamaProvider implements SharedPolicyProvider {
  /// The service loader's constructor.
  public SharedLlamaProvider() {}

  @Override
  public List<Offer<SharedPolicy, SharedPolicyContext>> offers() {
    return List.of(new Offer<>(Opening.NAME, Opening.FORM, SharedLlamaProvider::open));
  }

  private static SharedPolicy open(Asked asked, SharedPolicyContext context) {
    Opening opening = Opening.of(asked, context.settings(), context.progress());
    opening.tellMemory(context.mostTokens(), context.progress());
    return SharedLlama.open(
        opening.file(), opening.settings(), context.mostTokens(), context.mostRequests());
  }
}
