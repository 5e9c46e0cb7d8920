package topdraw.reference;

import topdraw.provider.Provider;

/// Offers reference policies.
public interface PolicyProvider extends Provider<ReferencePolicy, PolicyContext> {}
