package topdraw.reward;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Surroundings;
import topdraw.reference.Judge;

/// What rewards may use.
///
/// @param model the model that a reward may ask, taken by those that do
/// @param processLimit how long one call of a program of the user's may take, above 0
/// @param surroundings secrets, clock and web servers
public record RewardContext(
    Optional<Supplier<Judge>> model, Duration processLimit, Surroundings surroundings) {
  /// Refuses a limit that no call could keep.
  public RewardContext {
    if (!processLimit.isPositive()) {
      throw new IllegalArgumentException("a time limit is above 0, was " + processLimit);
    }
  }

  /// The model to ask.
  ///
  /// @param reward who asks
  /// @return the model; stays another's to close, after the reward
  /// @throws InputException if there is none here
  public Judge judge(String reward) {
    return model
        .orElseThrow(
            () ->
                new InputException(
                    Problem.MISSING, reward + " needs a model, and none is open here"))
        .get();
  }
}
