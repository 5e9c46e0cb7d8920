package topdraw.theory.law;

import java.util.Arrays;
import topdraw.theory.numeric.Checks;

/// Majority voting on a table: of `n` draws the most frequent answer is returned, of answers tied
/// for first each equally often. Draws without an answer have no vote; when no draw has one, there is
/// no answer.
///
///     V_a = n! Σ_t p_a^t/t! Σ_s [z^(n-t) y^s] e^(p_∅ z) Π_{b≠a} (Σ_{j<t} (p_b z)^j/j! + y (p_b z)^t/t!) / (s+1)
///
/// The completion returned is one of those that give the answer, as likely as the reference policy
/// draws them, so `KL(π ‖ p) = Σ_a V_a log(V_a/p_a)`, answers and no answer alike. It is no
/// best-of-n of any reward; `K_n` bounds it as it bounds every choice among `n` draws.
///
/// Every factor is taken as the probability of a Poisson number of draws of mean `n p_b`, and the
/// result as what is left where they come to `n`, so nothing leaves the range of a double. Source:
/// Wang et al. (2023), arXiv 2203.11171, for the method; ours for the sum.
public final class MajorityLaw {
  /// Steps of the sum: a second or so.
  private static final double MOST_WORK = 2e9;

  private final int n;
  private final double[] answers;
  private final double silent;

  /// A vote among draws.
  ///
  /// @param n draws of one vote, at least 1
  /// @param answers the probability of each answer
  /// @param silent the probability of a draw without an answer
  /// @throws IllegalArgumentException if an argument is out of range, the probabilities do not sum
  ///   to 1, or there is more to sum than anybody waits for
  public MajorityLaw(int n, double[] answers, double silent) {
    Checks.atLeastOne(n, "n");
    double sum = Checks.probability(silent, "silent");
    for (int a = 0; a < answers.length; a++) {
      sum += Checks.probability(answers[a], "answers[" + a + "]");
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      throw new IllegalArgumentException("probabilities sum to 1, were " + sum);
    }
    double work = (double) answers.length * answers.length * n * n * n;
    if (work > MOST_WORK) {
      throw new IllegalArgumentException(
          "the law of %d draws and %d answers is too long a sum; take fewer"
              .formatted(n, answers.length));
    }
    this.n = n;
    this.answers = answers.clone();
    this.silent = silent;
  }

  /// The law of what is returned.
  ///
  /// @return the probability of each answer, in order, and behind them that of no answer
  public double[] probabilities() {
    var law = new double[answers.length + 1];
    double all = poisson(n, n)[n];
    for (int a = 0; a < answers.length; a++) {
      double[] own = poisson(n * answers[a], n);
      for (int t = 1; t <= n; t++) {
        law[a] += own[t] * others(a, t) / all;
      }
      law[a] = Math.min(1, law[a]);
    }
    law[answers.length] = Math.pow(silent, n);
    return law;
  }

  /// How far it drifts from the reference policy.
  ///
  /// @return the KL divergence in nats, exact
  public double kl() {
    double[] law = probabilities();
    double kl = 0;
    for (int a = 0; a < law.length; a++) {
      if (law[a] > 0) {
        kl += law[a] * Math.log(law[a] / (a < answers.length ? answers[a] : silent));
      }
    }
    return Math.max(0, kl);
  }

  /// The probability that all others make up the rest of `n`, none with more than `t`, each case
  /// divided by how many answers share the first place.
  private double others(int a, int t) {
    int rest = n - t;
    int ties = rest / t;
    var ways = new double[rest + 1][ties + 1];
    double[] without = poisson(n * silent, rest);
    for (int z = 0; z <= rest; z++) {
      ways[z][0] = without[z];
    }
    for (int b = 0; b < answers.length; b++) {
      if (b != a && answers[b] > 0) {
        give(ways, poisson(n * answers[b], Math.min(rest, t)), t);
      }
    }
    double sum = 0;
    for (int s = 0; s <= ties; s++) {
      sum += ways[rest][s] / (s + 1);
    }
    return sum;
  }

  /// Lets one more answer take from 0 to `t` draws, in place: from the top down.
  private static void give(double[][] ways, double[] chance, int t) {
    for (int z = ways.length - 1; z >= 0; z--) {
      for (int s = ways[z].length - 1; s >= 0; s--) {
        double sum = 0;
        for (int j = 0; j <= Math.min(z, t - 1); j++) {
          sum += ways[z - j][s] * chance[j];
        }
        if (z >= t && s > 0) {
          sum += ways[z - t][s - 1] * chance[t];
        }
        ways[z][s] = sum;
      }
    }
  }

  /// The Poisson probabilities of 0 to `most`.
  private static double[] poisson(double mean, int most) {
    var chance = new double[most + 1];
    if (mean == 0) {
      chance[0] = 1;
      return chance;
    }
    double log = -mean;
    for (int j = 0; j <= most; j++) {
      chance[j] = Math.exp(log);
      log += Math.log(mean / (j + 1));
    }
    return chance;
  }

  @Override
  public String toString() {
    return "MajorityLaw[n=" + n + ", answers=" + Arrays.toString(answers) + "]";
  }
}
