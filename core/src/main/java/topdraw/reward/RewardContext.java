package topdraw.reward;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.PackagedFile;
import topdraw.provider.PackagedFiles;
import topdraw.provider.Surroundings;
import topdraw.reference.Judge;

/// What rewards may use.
///
/// @param model the model that a reward may ask, taken by those that do
/// @param processLimit how long one call of a program of the user's may take, above 0
/// @param surroundings secrets, clock and web servers
/// @param files fetches what a reward's model is made of
public record RewardContext(
    Optional<Supplier<Judge>> model,
    Duration processLimit,
    Surroundings surroundings,
    Optional<PackagedFiles> files) {
  /// Refuses a limit that no call could keep.
  public RewardContext {
    if (!processLimit.isPositive()) {
      throw new IllegalArgumentException("a time limit is above 0, was " + processLimit);
    }
  }

  /// What rewards may use where nothing can be fetched.
  ///
  /// @param model the model that a reward may ask, taken by those that do
  /// @param processLimit how long one call of a program of the user's may take, above 0
  /// @param surroundings secrets, clock and web servers
  public RewardContext(
      Optional<Supplier<Judge>> model, Duration processLimit, Surroundings surroundings) {
    this(model, processLimit, surroundings, Optional.empty());
  }

  /// A file that a reward needs.
  ///
  /// @param reward who asks
  /// @param file which file
  /// @return where it lies; its bytes are those of its hash
  /// @throws InputException if nothing can be fetched here
  public Path file(String reward, PackagedFile file) {
    return files
        .orElseThrow(
            () ->
                new InputException(
                    Problem.MISSING,
                    reward + " needs " + file.title() + ", and nothing can be fetched here"))
        .fetch(file);
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
