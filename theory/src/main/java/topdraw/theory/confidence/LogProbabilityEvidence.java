package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.numeric.Outcomes;

/// Evidence against the claim that recorded draws are independent and have the recorded
/// log-probabilities: an e-value, so at 20 the claim is refuted at the 5 % level, at whatever
/// moment one looks (*theorem*).
///
/// Before each draw of a prompt the draws seen have probability `s` together, so the draw repeats
/// one of them with probability `s`. Five bettors wager on that: four on repeats being ρ times as
/// likely as claimed, one a vanishing share on any repeat at all. The evidence is their mean
/// capital, over all prompts. Repeated texts of tiny probability, dropped duplicates and
/// log-probabilities of another temperature are what it sees. Source: ours.
///
/// @param logCapitals logarithms of the five capitals
/// @param impossible whether the probabilities of one prompt's distinct draws exceeded 1, which
///   refutes at once
public record LogProbabilityEvidence(List<Double> logCapitals, boolean impossible) {
  private static final double[] LOG_RATES = {
    Math.log(0.25), Math.log(0.5), Math.log(2), Math.log(4)
  };

  private static final double ROUNDING = 1e-9;

  /// Copies the capitals.
  public LogProbabilityEvidence {
    logCapitals = List.copyOf(logCapitals);
  }

  /// Before any draw.
  ///
  /// @return capitals of 1
  public static LogProbabilityEvidence none() {
    return new LogProbabilityEvidence(Collections.nCopies(LOG_RATES.length + 1, 0.0), false);
  }

  /// The evidence after the draws of one more prompt.
  ///
  /// @param outcomes which completion each draw is, in the order drawn
  /// @param logProbabilities one per draw, in nats; of one outcome the first counts
  /// @return the evidence so far
  /// @throws IllegalArgumentException if the lengths differ, or a log-probability is above 0 or
  ///   unknown
  public LogProbabilityEvidence after(int[] outcomes, double[] logProbabilities) {
    if (outcomes.length != logProbabilities.length) {
      throw new IllegalArgumentException(
          "each draw needs a log-probability: there are "
              + outcomes.length
              + " draws and "
              + logProbabilities.length
              + " log-probabilities");
    }
    double[] capitals = logCapitals.stream().mapToDouble(log -> log).toArray();
    int[] numbers = Outcomes.small(outcomes);
    var seen = new boolean[outcomes.length];
    double logSeen = Double.NEGATIVE_INFINITY;
    var odds = new Odds();
    for (int t = 1; t <= outcomes.length; t++) {
      boolean repeat = seen[numbers[t - 1]];
      if (t > 1) {
        odds.quote(Math.min(0, logSeen));
        odds.settle(capitals, t, repeat);
      }
      if (!repeat) {
        seen[numbers[t - 1]] = true;
        double logP =
            Checks.finiteLogProbability(
                logProbabilities[t - 1], "logProbabilities[" + (t - 1) + "]");
        logSeen = LogSpace.logAdd(logSeen, logP);
      }
    }
    return new LogProbabilityEvidence(
        Arrays.stream(capitals).boxed().toList(), impossible || logSeen > Math.log1p(ROUNDING));
  }

  /// What the bettors ask, which changes only where the probability seen does.
  private static final class Odds {
    private final double[] logTotals = new double[LOG_RATES.length];
    private double logSeen = Double.NaN;
    private double logUnseen;

    void quote(double logNow) {
      if (logNow == logSeen) {
        return;
      }
      logSeen = logNow;
      logUnseen = LogSpace.log1mExp(logSeen);
      for (int j = 0; j < LOG_RATES.length; j++) {
        logTotals[j] = LogSpace.logAdd(logUnseen, LOG_RATES[j] + logSeen);
      }
    }

    void settle(double[] capitals, int t, boolean repeat) {
      for (int j = 0; j < LOG_RATES.length; j++) {
        capitals[j] += (repeat ? LOG_RATES[j] : 0) - logTotals[j];
      }
      double share = 0.5 / ((double) t * t);
      capitals[LOG_RATES.length] +=
          repeat
              ? LogSpace.logAdd(logUnseen + Math.log(share) - logSeen, 0)
              : LogSpace.log1m(share);
    }
  }

  /// The evidence as a logarithm.
  ///
  /// @return `log E`, above `log 20 = 3.0` to refute at the 5 % level; `∞` when impossible
  public double logValue() {
    return impossible
        ? Double.POSITIVE_INFINITY
        : LogSpace.logSumExp(logCapitals.stream().mapToDouble(log -> log).toArray())
            - Math.log(logCapitals.size());
  }
}
