package topdraw.reference;

import topdraw.provider.Provider;

/// Offers reference policies that many can ask at once.
public interface SharedPolicyProvider extends Provider<SharedPolicy, SharedPolicyContext> {}
