package topdraw.selection;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// When completions are looked at on their way, and which are given up then: of all that are left,
/// whole ones included, the best share goes on.
///
/// @param checkpoints how many tokens long completions are when they are looked at, rising, from 1;
///   none for plain best-of-n
/// @param keep the share that goes on at each, in `(0, 1]`; at least one completion does
public record RejectionRule(List<Integer> checkpoints, double keep) {
  /// Copies the list and checks the numbers.
  ///
  /// @throws InputException if a number is out of range, or the checkpoints do not rise
  public RejectionRule {
    checkpoints = List.copyOf(checkpoints);
    int before = 0;
    for (int checkpoint : checkpoints) {
      if (checkpoint <= before) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            Parameter.REJECT_AT,
            " names numbers of tokens that rise, from 1, was ",
            checkpoints.stream().map(String::valueOf).collect(Collectors.joining(",")));
      }
      before = checkpoint;
    }
    if (!(keep > 0 && keep <= 1)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          Parameter.KEEP,
          " is above 0 and at most 1, was ",
          keep == (long) keep ? Long.toString((long) keep) : Double.toString(keep));
    }
  }

  /// The completions that are given up at a checkpoint: those not whole that are not among the best
  /// share of all that are left. Of equals the first goes on.
  ///
  /// @param left which completions are left, their positions in rising order; all that are whole
  ///   and all that go on
  /// @param ranks the score of each position so far, `-∞` for a missing one
  /// @param whole whether the completion at each position has ended; what is whole costs no more,
  ///   so it is never given up
  /// @return positions among those left, in rising order
  public List<Integer> givenUp(List<Integer> left, double[] ranks, boolean[] whole) {
    int kept = (int) Math.max(1, Math.ceil(keep * left.size() - 1e-9));
    return left.stream()
        .sorted(Comparator.comparingDouble(j -> -ranks[j]))
        .skip(kept)
        .filter(j -> !whole[j])
        .sorted()
        .toList();
  }

  /// Those left when some are given up.
  ///
  /// @param left positions in rising order
  /// @param givenUp positions in rising order
  /// @return the others
  static List<Integer> without(List<Integer> left, List<Integer> givenUp) {
    return left.stream().filter(j -> !givenUp.contains(j)).toList();
  }

  /// All positions.
  static List<Integer> all(int n) {
    return IntStream.range(0, n).boxed().toList();
  }
}
