package topdraw.theory.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.numeric.Checks;

/// maj@k: how often the most frequent answer among `k` draws is right, as the mean over all
/// `k`-subsets of one prompt's draws. Answers tied for first share, which is a random one of them, or
/// the first drawn.
///
///     (1/C(N, k)) Σ_a g_a Σ_t C(m_a, t) Σ_s [z^(k-t) y^s] Π_{b≠a} (Σ_{j<t} C(m_b, j) z^j + y C(m_b, t) z^t) / (s+1)
///
/// Draws that gave no answer have no vote; when no draw of a subset gave one, nothing is right.
///
/// `m_a` draws gave the answer `a`, which is right to the degree `g_a`. Exact up to 1,000 draws, while
/// the work is small; then a mean over 10,000 subsets drawn at random. Source: Wang et al. (2023),
/// arXiv 2203.11171, for the method; ours for the sum.
///
/// @param counts how many draws gave each answer, at least one draw
/// @param correctness how right each answer is, from 0 to 1
/// @param silent how many draws gave no answer
public record MajorityVote(int[] counts, double[] correctness, int silent) {
  private static final int LARGEST = 1000;
  private static final double MOST_WORK = 1e8;

  /// Checks and copies the answers.
  public MajorityVote {
    counts = counts.clone();
    correctness = correctness.clone();
    if (counts.length != correctness.length) {
      throw new IllegalArgumentException(
          "each of the "
              + counts.length
              + " answers is right or wrong, found "
              + correctness.length
              + " such values");
    }
    for (int a = 0; a < counts.length; a++) {
      Checks.divergence(counts[a], "counts[" + a + "]");
      Checks.probability(correctness[a], "correctness[" + a + "]");
    }
    Checks.divergence(silent, "silent");
    Checks.atLeastOne(Arrays.stream(counts).sum() + silent, "the number of draws");
  }

  /// A vote in which every draw gave an answer.
  ///
  /// @param counts how many draws gave each answer, at least one draw
  /// @param correctness how right each answer is, from 0 to 1
  public MajorityVote(int[] counts, double[] correctness) {
    this(counts, correctness, 0);
  }

  /// How many draws there are.
  ///
  /// @return `N`
  public int draws() {
    return Arrays.stream(counts).sum() + silent;
  }

  /// The unbiased *estimate* for `k` draws.
  ///
  /// @param k draws per vote, from 1 to `N`
  /// @param seed what random subsets depend on, where the sum is too long
  /// @return the mean and the error that random subsets leave
  /// @throws IllegalArgumentException if `k` is out of range
  public VoteValue at(int k, long seed) {
    PoolWeights.check(k, draws());
    if (draws() <= LARGEST && work(k) <= MOST_WORK) {
      return new VoteValue(exact(k), 0);
    }
    int[] answers =
        IntStream.concat(
                IntStream.range(0, counts.length)
                    .flatMap(a -> IntStream.generate(() -> a).limit(counts[a])),
                IntStream.generate(() -> counts.length).limit(silent))
            .toArray();
    var weights = new double[answers.length];
    Arrays.fill(weights, 0, answers.length - silent, 1);
    double[] worth = Arrays.copyOf(correctness, counts.length + 1);
    return new WeightedVote(answers, weights, worth).sampled(k, seed);
  }

  private double work(int k) {
    long right = Arrays.stream(correctness).filter(g -> g > 0).count();
    return (double) draws() * k * k * (1 + Math.log(k)) * Math.max(1, right);
  }

  /// What the estimate is when it speaks of these draws only.
  ///
  /// Its variance is by leaving out one draw of each answer; but where a vote is all but certain no
  /// single draw turns it, so it is at least that of a value which two standard deviations of the
  /// lead, of the best right answer over the best wrong one, would move as far as they do.
  ///
  /// @param k draws per vote, from 1 to `N-1`
  /// @return the estimate, its variance with that of random subsets, and what one draw of an answer
  ///   not yet given would make of it
  /// @throws IllegalArgumentException if `k` is out of range
  public DrawnValue drawn(int k) {
    int size = draws();
    PoolWeights.check(k, size - 1);
    VoteValue here = at(k, 0);
    int[] more = Arrays.copyOf(counts, counts.length + 1);
    more[counts.length] = 1;
    double[] wrong = Arrays.copyOf(correctness, counts.length + 1);
    double apart = (turned(k, here, true) + turned(k, here, false)) / 4;
    return new DrawnValue(
        here.value(),
        Math.max(leftOut(k), apart * apart) + here.error() * here.error(),
        new MajorityVote(more, wrong, silent).at(k, 0).value(),
        (double) size / k);
  }

  private double leftOut(int k) {
    int size = draws();
    var without = new double[counts.length];
    double mean = 0;
    for (int a = 0; a < counts.length; a++) {
      if (counts[a] > 0) {
        int[] fewer = counts.clone();
        fewer[a]--;
        without[a] = new MajorityVote(fewer, correctness, silent).at(k, 0).value();
        mean += counts[a] * without[a] / size;
      }
    }
    double fewerSilent =
        silent > 0 ? new MajorityVote(counts, correctness, silent - 1).at(k, 0).value() : 0;
    mean += silent * fewerSilent / size;
    double squares = silent * (fewerSilent - mean) * (fewerSilent - mean);
    for (int a = 0; a < counts.length; a++) {
      squares += counts[a] * (without[a] - mean) * (without[a] - mean);
    }
    return squares * (size - 1) / size;
  }

  /// How far the value moves with so many more right, or wrong, draws as the lead may lack.
  private double turned(int k, VoteValue here, boolean right) {
    int best = most(true);
    int other = most(false);
    double share = best < counts.length ? (double) counts[best] / draws() : 0;
    double against = other < counts.length ? (double) counts[other] / draws() : 0;
    double lead = share - against;
    int[] more = Arrays.copyOf(counts, counts.length + 1);
    more[right ? best : other] +=
        1 + (int) Math.ceil(2 * Math.sqrt(draws() * (share + against - lead * lead)));
    double[] worth = Arrays.copyOf(correctness, counts.length + 1);
    worth[counts.length] = right ? 1 : 0;
    return Math.abs(new MajorityVote(more, worth, silent).at(k, 0).value() - here.value());
  }

  /// The most frequent answer that is right, or wrong; one not yet given where there is none.
  private int most(boolean right) {
    return IntStream.range(0, counts.length)
        .filter(a -> correctness[a] >= 0.5 == right)
        .boxed()
        .max(Comparator.comparingInt(a -> counts[a]))
        .orElse(counts.length);
  }

  /// What votes of ever more draws tend to: how right the most frequent answer is, ties shared.
  ///
  /// @return the *estimate*, in `[0, 1]`
  public double limit() {
    int most = Arrays.stream(counts).max().orElse(0);
    return IntStream.range(0, counts.length)
        .filter(a -> counts[a] == most && most > 0)
        .mapToDouble(a -> correctness[a])
        .average()
        .orElse(0);
  }

  private double exact(int k) {
    double sum = 0;
    for (int a = 0; a < counts.length; a++) {
      for (int t = 1; t <= Math.min(counts[a], k) && correctness[a] > 0; t++) {
        sum += correctness[a] * binomials(counts[a], t)[t] * others(a, t, k - t);
      }
    }
    return Math.min(1, sum / binomials(draws(), k)[k]);
  }

  /// In how many ways the other answers give `rest` draws, none more than `t`, each divided by how
  /// many answers share the first place.
  private double others(int a, int t, int rest) {
    int ties = rest / t;
    var ways = new double[rest + 1][ties + 1];
    ways[0][0] = 1;
    // None of the silent ties, however many there are.
    int reached = Math.min(silent, rest);
    give(ways, binomials(silent, reached), rest + 1, reached);
    for (int b = 0; b < counts.length; b++) {
      if (b != a && counts[b] > 0) {
        double[] choices = binomials(counts[b], Math.min(counts[b], t));
        reached = Math.min(rest, reached + choices.length - 1);
        give(ways, choices, t, reached);
      }
    }
    double sum = 0;
    for (int s = 0; s <= ties; s++) {
      sum += ways[rest][s] / (s + 1);
    }
    return sum;
  }

  /// Lets one more answer take from 0 to `t` draws, in place: from the top down.
  private static void give(double[][] ways, double[] choices, int t, int reached) {
    for (int z = reached; z >= 0; z--) {
      for (int s = ways[z].length - 1; s >= 0; s--) {
        double sum = ways[z][s];
        for (int j = 1; j <= Math.min(z, Math.min(choices.length - 1, t - 1)); j++) {
          sum += ways[z - j][s] * choices[j];
        }
        if (choices.length > t && z >= t && s > 0) {
          sum += ways[z - t][s - 1] * choices[t];
        }
        ways[z][s] = sum;
      }
    }
  }

  /// `C(m, j)` for `j` from 0 to `most`.
  private static double[] binomials(int m, int most) {
    var row = new double[most + 1];
    row[0] = 1;
    for (int j = 1; j <= most; j++) {
      row[j] = row[j - 1] * (m - j + 1) / j;
    }
    return row;
  }
}
