package topdraw.reward;

/// A reward that comes with an optional module: found on the class path, not named in it.
public interface RewardProvider {

  /// The name before the colon.
  ///
  /// @return the name, such as `similar`
  String name();

  /// Makes the reward.
  ///
  /// @param argument what stood after the colon, not empty
  /// @return the reward; the caller closes it
  /// @throws IllegalArgumentException if the argument is wrong, saying how
  Reward open(String argument);
}
