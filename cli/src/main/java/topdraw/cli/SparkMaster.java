package topdraw.cli;

import topdraw.input.InputException;
import topdraw.input.Problem;

/// What `--spark` names: the master of a cluster.
final class SparkMaster {
  private SparkMaster() {}

  /// Takes a name as it was given.
  ///
  /// @throws InputException if it can be no name
  static String of(String given) {
    if (given.isBlank() || given.chars().anyMatch(Character::isWhitespace)) {
      throw new InputException(
          Problem.MALFORMED,
          (given.isBlank() ? "--spark names no master" : "--spark '" + given + "' has a space")
              + "; give that of a cluster, such as spark://host:7077, or local[2] for two threads"
              + " of this machine");
    }
    return given;
  }
}
