package topdraw.theory.confidence;

import java.util.Arrays;

/// Successes among draws, of several prompts.
final class Counts {
  private Counts() {}

  static void check(int[] correct, int[] draws) {
    if (correct.length == 0 || correct.length != draws.length) {
      throw new IllegalArgumentException(
          "expected as many counts of successes as of draws, at least one; found "
              + correct.length
              + " and "
              + draws.length);
    }
    for (int j = 0; j < correct.length; j++) {
      if (!(draws[j] >= 1 && correct[j] >= 0 && correct[j] <= draws[j])) {
        throw new IllegalArgumentException(
            "expected 0 <= correct <= draws and draws >= 1 for prompt "
                + (j + 1)
                + ", found correct "
                + correct[j]
                + " and draws "
                + draws[j]);
      }
    }
  }

  /// Whether every prompt has as many draws.
  static boolean even(int[] draws) {
    return Arrays.stream(draws).distinct().count() == 1;
  }
}
