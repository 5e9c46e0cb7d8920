package topdraw.estimate;

import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.finding.Interval;

/// What a study of over-optimisation is asked.
///
/// @param proxy the reward that selects
/// @param gold the reward that counts
/// @param range where gold rewards lie by their making; without it nothing can be proven of their
///   mean
/// @param seed how prompts are split and resampled
public record GoldSettings(String proxy, String gold, Optional<Interval> range, long seed) {
  /// Checks that there are two rewards.
  public GoldSettings {
    if (proxy.equals(gold)) {
      throw new InputException(
          Problem.CONFLICT,
          "the gold reward must be another than the one that selects, both are '" + proxy + "'");
    }
    if (range.isPresent() && !(range.get().upper() > range.get().lower())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a range of rewards needs LOW < HIGH, was " + range.get());
    }
  }
}
