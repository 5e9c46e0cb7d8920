package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What an analysis is asked.
///
/// @param reward the reward that selects
/// @param gold a second reward, to see what the selection does to it
/// @param threshold where early stop and rewind-and-repeat accept
/// @param grid the values of n; empty for the default: 1, 2, 3, 4, 6, 8, 12, … as far as at least
///   half of the prompts have as many draws
/// @param protocol how numbers for n are made from N draws
public record AnalysisSettings(
    String reward,
    Optional<String> gold,
    OptionalDouble threshold,
    List<Integer> grid,
    Protocol protocol) {
  /// Copies the grid and checks it.
  public AnalysisSettings {
    grid = grid.stream().distinct().sorted().toList();
    if (!grid.isEmpty() && grid.getFirst() < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "n is a number of draws, at least 1, was " + grid.getFirst());
    }
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a threshold is a finite reward, was " + threshold.getAsDouble());
    }
  }
}
