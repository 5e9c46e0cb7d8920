package topdraw.theory.confidence;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import topdraw.theory.numeric.Checks;

/// What an attempt of `k` draws is worth by how many of them succeed: its mean is estimated without
/// bias from a count of successes, as the mean over all `k`-subsets.
///
///     U(c) = Σ_j C(c, j) C(N-c, k-j) / C(N, k) worth(j),   f(p) = E worth(Bin(k, p))
///
/// Worths rise from 0 to 1 with the number of successes, so `f` rises with the rate.
public sealed interface SuccessStatistic {

  /// Draws of an attempt.
  ///
  /// @return `k`, at least 1
  int k();

  /// What an attempt is worth.
  ///
  /// @param successes how many of its draws succeed, from 0 to `k`
  /// @return in `[0, 1]`
  double worth(int successes);

  /// The mean worth at a rate of success.
  ///
  /// @param rate in `[0, 1]`
  /// @return `f(rate)`, in `[0, 1]`
  double ofRate(double rate);

  /// A lower bound on the mean of `f` over prompts from one on their mean rate (Jensen); 0 where
  /// there is none.
  ///
  /// @param rate a lower bound on the mean rate
  /// @return the bound
  double meanAtLeast(double rate);

  /// An upper bound on the mean of `f` over prompts from one on their mean rate (Jensen); 1 where
  /// there is none.
  ///
  /// @param rate an upper bound on the mean rate
  /// @return the bound
  double meanAtMost(double rate);

  /// The unbiased estimates.
  ///
  /// @param draws how many draws there are, `N`, at least `k`
  /// @return `U(c)` for every count from 0 to `N`
  /// @throws IllegalArgumentException if there are fewer than `k` draws
  default double[] byCount(int draws) {
    if (draws < k()) {
      throw new IllegalArgumentException(
          "an attempt of " + k() + " draws needs as many, found " + draws);
    }
    var values = new double[draws + 1];
    for (int c = 0; c <= draws; c++) {
      Hypergeometric law = Hypergeometric.of(draws, c, k());
      // A sum of chances that are all counted is 1, not 1 but for rounding.
      double counted = 0;
      double left = 0;
      for (int i = 0; i < law.chances().length; i++) {
        double worth = worth(law.first() + i);
        counted += law.chances()[i] * worth;
        left += law.chances()[i] * (1 - worth);
      }
      values[c] = counted / (counted + left);
    }
    return values;
  }

  /// The unbiased estimates of `f²`, from twice as many draws: the worths of both halves,
  /// multiplied.
  ///
  /// @return for every count from 0 to `2k`
  default double[] squares() {
    int k = k();
    var values = new double[2 * k + 1];
    for (int s = 0; s <= 2 * k; s++) {
      Hypergeometric law = Hypergeometric.of(2 * k, s, k);
      for (int i = 0; i < law.chances().length; i++) {
        int first = law.first() + i;
        values[s] += law.chances()[i] * worth(first) * worth(s - first);
      }
    }
    return values;
  }

  /// pass@k: at least one draw succeeds. Source: Chen et al. (2021), arXiv 2107.03374.
  ///
  /// @param k draws of an attempt, at least 1
  record AnyOf(int k) implements SuccessStatistic {
    /// Checks the number of draws.
    public AnyOf {
      Checks.atLeastOne(k, "k");
    }

    @Override
    public double worth(int successes) {
      return successes > 0 ? 1 : 0;
    }

    @Override
    public double ofRate(double rate) {
      return -Math.expm1(k * Math.log1p(-Checks.probability(rate, "rate")));
    }

    @Override
    public double meanAtLeast(double rate) {
      return rate;
    }

    @Override
    public double meanAtMost(double rate) {
      return ofRate(rate);
    }
  }

  /// pass^k: every draw succeeds.
  ///
  /// @param k draws of an attempt, at least 1
  record AllOf(int k) implements SuccessStatistic {
    /// Checks the number of draws.
    public AllOf {
      Checks.atLeastOne(k, "k");
    }

    @Override
    public double worth(int successes) {
      return successes == k ? 1 : 0;
    }

    @Override
    public double ofRate(double rate) {
      return Math.pow(Checks.probability(rate, "rate"), k);
    }

    @Override
    public double meanAtLeast(double rate) {
      return ofRate(rate);
    }

    @Override
    public double meanAtMost(double rate) {
      return rate;
    }
  }

  /// G-Pass@k: at least a share `τ` of the draws succeeds. Source: Liu et al. (2024), arXiv
  /// 2412.13147.
  ///
  /// @param k draws of an attempt, at least 1
  /// @param share `τ`, in `(0, 1]`
  record ShareOf(int k, double share) implements SuccessStatistic {
    private static final double ROUNDING = 1e-12;

    /// Checks the numbers.
    public ShareOf {
      Checks.atLeastOne(k, "k");
      Checks.positiveProbability(share, "share");
    }

    /// The fewest successes that count.
    ///
    /// @return `⌈τk⌉`, at least 1
    public int needed() {
      return Math.max(1, (int) Math.ceil(share * k - ROUNDING));
    }

    @Override
    public double worth(int successes) {
      return successes >= needed() ? 1 : 0;
    }

    @Override
    public double ofRate(double rate) {
      return RegularizedBeta.value(Checks.probability(rate, "rate"), needed(), k - needed() + 1.0);
    }

    @Override
    public double meanAtLeast(double rate) {
      return needed() == k ? ofRate(rate) : needed() == 1 ? rate : 0;
    }

    @Override
    public double meanAtMost(double rate) {
      return needed() == 1 ? ofRate(rate) : needed() == k ? rate : 1;
    }
  }

  /// mG-Pass@k: the mean of G-Pass@k over shares above one half, `2 ∫ G-Pass@k(τ) dτ` from 1/2 to
  /// 1, for odd `k` too. Source: Liu et al. (2024), arXiv 2412.13147.
  ///
  /// @param k draws of an attempt, at least 1
  record MajorityShareOf(int k) implements SuccessStatistic {
    /// Checks the number of draws.
    public MajorityShareOf {
      Checks.atLeastOne(k, "k");
    }

    @Override
    public double worth(int successes) {
      return Math.max(0, 2.0 * successes / k - 1);
    }

    @Override
    public double ofRate(double rate) {
      double sum = 0;
      for (int i = k / 2 + 1; i <= k; i++) {
        sum += (worth(i) - worth(i - 1)) * new ShareOf(k, (double) i / k).ofRate(rate);
      }
      return sum;
    }

    // The worths are convex in the number of successes, and so is f.

    @Override
    public double meanAtLeast(double rate) {
      return ofRate(rate);
    }

    @Override
    public double meanAtMost(double rate) {
      return rate;
    }
  }
}
