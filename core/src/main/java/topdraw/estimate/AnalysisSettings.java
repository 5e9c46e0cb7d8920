package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.finding.Confidence;

/// What an analysis is asked.
///
/// @param reward the reward that selects
/// @param gold a second reward, to see what the selection does to it
/// @param threshold where early stop and rewind-and-repeat accept
/// @param grid the values of n; empty for the default: 1, 2, 3, 4, 6, 8, 12, … as far as at least
///   half of the prompts have as many draws
/// @param protocol how numbers for n are made from N draws
/// @param confidence of intervals and certificates
public record AnalysisSettings(
    String reward,
    Optional<String> gold,
    OptionalDouble threshold,
    List<Integer> grid,
    Protocol protocol,
    Confidence confidence) {
  /// Copies the grid and checks it.
  public AnalysisSettings {
    grid = grid.stream().distinct().sorted().toList();
    if (!grid.isEmpty() && grid.getFirst() < 1) {
      throw new IllegalArgumentException(
          "n is a number of draws, at least 1, was " + grid.getFirst());
    }
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new IllegalArgumentException(
          "a threshold is a finite reward, was " + threshold.getAsDouble());
    }
  }
}
