package topdraw.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/// How often things were seen, held against a law that is known exactly.
final class Frequencies {
  private Frequencies() {}

  /// Pearson's chi-square; things expected less than 5 times count as one.
  ///
  /// @param law log-probabilities in nats
  /// @param seen how often each was seen
  /// @param rounds how often something was
  /// @param what is tested, for the message
  static <T> void assertFollow(Map<T, Double> law, Map<T, Integer> seen, int rounds, String what) {
    assertThat(law.keySet()).as(what).containsAll(seen.keySet());
    double chiSquare = 0;
    double rareExpected = 0;
    double rareSeen = 0;
    int cells = 0;
    for (var text : law.entrySet()) {
      double expected = rounds * Math.exp(text.getValue());
      double found = seen.getOrDefault(text.getKey(), 0);
      if (expected < 5) {
        rareExpected += expected;
        rareSeen += found;
      } else {
        chiSquare += (found - expected) * (found - expected) / expected;
        cells++;
      }
    }
    if (rareExpected > 0) {
      chiSquare += Math.pow(rareSeen - rareExpected, 2) / Math.max(rareExpected, 1);
      cells++;
    }
    // Wilson and Hilferty's quantile of chi-square, exceeded once in 30,000 tests.
    double degrees = Math.max(1, cells - 1);
    double quantile =
        degrees * Math.pow(1 - 2 / (9 * degrees) + 4 * Math.sqrt(2 / (9 * degrees)), 3);
    assertThat(chiSquare).as("%d cells, %s", cells, what).isLessThan(quantile);
  }
}
