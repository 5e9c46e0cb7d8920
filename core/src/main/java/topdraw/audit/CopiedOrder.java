package topdraw.audit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;
import org.jspecify.annotations.Nullable;

/// Evidence that draws of prompts were written down twice, from where equal ones stand: *e-values*
/// against independent draws, whatever their law.
///
/// Given how often each answer came, every order of independent draws is as likely as any other. So
/// the chance `p` that one part of the draws is a copy of another can be counted, and `1/p` where
/// it is one, else 0, has mean 1. The product over prompts of `1/2 + 1/2` of it, where these
/// answers could show a copy at all, and the mean of such products over ways of copying, exceed
/// `1/α` with chance `α` at most. Source: ours, `docs/theory.md` 16.
///
/// Ways of copying: all draws twice, three or four times over; the last `k` draws are those before
/// them, or the first `k` ([#OF_TAIL]). Draws that stand in groups of equal ones are judged apart:
/// that is how a sorted file looks, too.
final class CopiedOrder implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int[] COPIES = {2, 3, 4};
  private static final int[] OF_TAIL = {1, 2, 3, 4, 6, 8, 16};
  private static final int WAYS = COPIES.length + 2 * OF_TAIL.length;
  private static final double HALF = Math.log(0.5);

  /// By way, the groups last; null while no prompt could have been copied.
  private UnorderedSum @Nullable [] logs;

  /// Looks at the draws of a prompt.
  ///
  /// @param outcomes what was drawn, in the order drawn, equal numbers for equal answers
  void look(int[] outcomes) {
    int[] counts = counts(outcomes);
    if (counts.length == outcomes.length || counts.length == 1) {
      return; // nothing repeats, or every order is the same
    }
    UnorderedSum[] sums = sums();
    for (int i = 0; i < COPIES.length; i++) {
      bet(sums[i], ofCopies(counts, outcomes.length, COPIES[i]), copied(outcomes, COPIES[i]));
    }
    for (int i = 0; i < OF_TAIL.length && 2 * OF_TAIL[i] <= outcomes.length; i++) {
      int tail = OF_TAIL[i];
      double logChance = ofPairs(counts, outcomes.length, tail);
      int way = COPIES.length + 2 * i;
      bet(sums[way], logChance, repeats(outcomes, tail, tail));
      bet(sums[way + 1], logChance, repeats(outcomes, outcomes.length - tail, tail));
    }
    bet(sums[WAYS], ofGroups(counts, outcomes.length), grouped(outcomes, counts.length));
  }

  /// No bet is placed on what these answers cannot show in any order.
  private static void bet(UnorderedSum logs, double logChance, boolean seen) {
    if (logChance > Double.NEGATIVE_INFINITY) {
      logs.add(HALF + (seen ? Math.log1p(Math.exp(-logChance)) : 0));
    }
  }

  private UnorderedSum[] sums() {
    UnorderedSum[] known = logs;
    if (known == null) {
      known =
          IntStream.rangeClosed(0, WAYS)
              .mapToObj(way -> new UnorderedSum())
              .toArray(UnorderedSum[]::new);
      logs = known;
    }
    return known;
  }

  private static int[] counts(int[] outcomes) {
    var counts = new int[Arrays.stream(outcomes).max().orElse(0) + 1];
    for (int outcome : outcomes) {
      counts[outcome]++;
    }
    return Arrays.stream(counts).filter(count -> count > 0).toArray();
  }

  private static boolean copied(int[] outcomes, int copies) {
    int part = outcomes.length / copies;
    return outcomes.length % copies == 0 && repeats(outcomes, part, outcomes.length - part);
  }

  /// Whether each of the last draws is the one so many before it.
  private static boolean repeats(int[] outcomes, int shift, int last) {
    for (int i = outcomes.length - last; i < outcomes.length; i++) {
      if (outcomes[i] != outcomes[i - shift]) {
        return false;
      }
    }
    return true;
  }

  private static boolean grouped(int[] outcomes, int distinct) {
    int groups = 1;
    for (int i = 1; i < outcomes.length; i++) {
      groups += outcomes[i] == outcomes[i - 1] ? 0 : 1;
    }
    return groups == distinct;
  }

  private static double logFactorial(int n) {
    return LogGamma.value(n + 1.0);
  }

  /// `N!/Π c_t!`, how many orders there are.
  private static double logOrders(int[] counts, int size) {
    return logFactorial(size) - Arrays.stream(counts).mapToDouble(CopiedOrder::logFactorial).sum();
  }

  private static double ofGroups(int[] counts, int size) {
    return logFactorial(counts.length) - logOrders(counts, size);
  }

  private static double ofCopies(int[] counts, int size, int copies) {
    if (Arrays.stream(counts).anyMatch(count -> count % copies != 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    int[] each = Arrays.stream(counts).map(count -> count / copies).toArray();
    return logOrders(each, size / copies) - logOrders(counts, size);
  }

  /// Of `k` disjoint pairs of places the chance that each holds two equal draws.
  ///
  ///     k! (N-2k)!/N!  [z^k] Π_t Σ_a c_t!/(a! (c_t - 2a)!) z^a
  private static double ofPairs(int[] counts, int size, int pairs) {
    var ways = new double[pairs + 1];
    ways[0] = 1;
    double scale = 0;
    for (int count : counts) {
      var next = new double[pairs + 1];
      double term = 1;
      for (int a = 0; a <= pairs && 2 * a <= count; a++) {
        for (int k = a; k <= pairs; k++) {
          next[k] += term * ways[k - a];
        }
        term *= (count - 2.0 * a) * (count - 2.0 * a - 1) / (a + 1);
      }
      double largest = Arrays.stream(next).max().orElseThrow();
      scale += Math.log(largest);
      for (int k = 0; k <= pairs; k++) {
        ways[k] = next[k] / largest;
      }
    }
    return Math.log(ways[pairs])
        + scale
        + logFactorial(pairs)
        + logFactorial(size - 2 * pairs)
        - logFactorial(size);
  }

  void merge(CopiedOrder other) {
    UnorderedSum[] theirs = other.logs;
    if (theirs != null) {
      UnorderedSum[] ours = sums();
      for (int way = 0; way <= WAYS; way++) {
        ours[way].merge(theirs[way]);
      }
    }
  }

  /// The logarithm of the evidence that parts of the draws were copied.
  double logCopied() {
    UnorderedSum[] known = logs;
    if (known == null) {
      return 0;
    }
    double[] values = IntStream.range(0, WAYS).mapToDouble(way -> known[way].value()).toArray();
    double most = Arrays.stream(values).max().orElseThrow();
    return most + Math.log(Arrays.stream(values).map(v -> Math.exp(v - most)).sum() / WAYS);
  }

  /// The logarithm of the evidence that equal draws stand side by side.
  double logGrouped() {
    UnorderedSum[] known = logs;
    return known == null ? 0 : known[WAYS].value();
  }
}
