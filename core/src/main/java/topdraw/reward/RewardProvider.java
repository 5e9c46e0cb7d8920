package topdraw.reward;

import topdraw.provider.Provider;

/// Offers rewards: those of this module and of any other on the class path.
public interface RewardProvider extends Provider<Reward, RewardContext> {}
