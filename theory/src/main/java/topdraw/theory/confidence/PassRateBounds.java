package topdraw.theory.confidence;

import topdraw.theory.numeric.Checks;

/// Bounds on the rates of success of given prompts, *theorems* with confidence `1 - alpha` each,
/// whether the prompts are alike or not: only the drawing is random.
///
/// Sources: Hoeffding (1956), *On the distribution of the number of successes in independent
/// trials*, Theorem 4; the use of it at one success, and the bounds for every `k` at once, are
/// ours, `docs/theory.md` 12.
public final class PassRateBounds {
  private PassRateBounds() {}

  /// A lower bound on the mean chance of success of independent trials that may differ.
  ///
  /// It is Clopper and Pearson's but at one success, where that may fail too often: there it is
  /// Markov's, `alpha/trials`.
  ///
  /// @param successes how many trials succeed
  /// @param trials how many there are, at least 1, such as all draws of prompts with equally many
  /// @param alpha the chance of failing, in `(0, 1/4]`
  /// @return the bound
  /// @throws IllegalArgumentException if an argument is out of range
  public static double meanLower(long successes, long trials, double alpha) {
    if (!(alpha > 0 && alpha <= 0.25)) {
      throw new IllegalArgumentException("alpha must be in (0, 0.25], was " + alpha);
    }
    double exact = ReferenceIntervals.clopperPearsonLower(successes, trials, alpha);
    return successes == 1 ? Math.min(exact, alpha / trials) : exact;
  }

  /// An upper bound on the mean chance of success of independent trials that may differ.
  ///
  /// @param successes how many trials succeed
  /// @param trials how many there are, at least 1
  /// @param alpha the chance of failing, in `(0, 1/4]`
  /// @return the bound
  /// @throws IllegalArgumentException if an argument is out of range
  public static double meanUpper(long successes, long trials, double alpha) {
    return 1 - meanLower(trials - successes, trials, alpha);
  }

  /// A lower bound on the mean of a statistic over prompts, for *every* statistic and every `k` at
  /// once: each prompt's rate is bounded, and the bounds hold together.
  ///
  ///     mean_j f(CP_lo(c_j, N_j; α/P))
  ///
  /// @param statistic what an attempt is worth; its `k` may exceed the draws
  /// @param correct how many draws of each prompt succeed
  /// @param draws out of how many
  /// @param alpha the chance that one of the prompts' bounds fails, in `(0, 1)`
  /// @return the bound
  /// @throws IllegalArgumentException if an argument is out of range
  public static double eachLower(
      SuccessStatistic statistic, int[] correct, int[] draws, double alpha) {
    Counts.check(correct, draws);
    Checks.openUnit(alpha, "alpha");
    double sum = 0;
    for (int j = 0; j < correct.length; j++) {
      sum +=
          statistic.ofRate(
              ReferenceIntervals.clopperPearsonLower(correct[j], draws[j], alpha / correct.length));
    }
    return sum / correct.length;
  }

  /// [#eachLower] from above.
  ///
  /// @param statistic what an attempt is worth; its `k` may exceed the draws
  /// @param correct how many draws of each prompt succeed
  /// @param draws out of how many
  /// @param alpha the chance that one of the prompts' bounds fails, in `(0, 1)`
  /// @return the bound
  /// @throws IllegalArgumentException if an argument is out of range
  public static double eachUpper(
      SuccessStatistic statistic, int[] correct, int[] draws, double alpha) {
    Counts.check(correct, draws);
    Checks.openUnit(alpha, "alpha");
    double sum = 0;
    for (int j = 0; j < correct.length; j++) {
      sum +=
          statistic.ofRate(
              ReferenceIntervals.clopperPearsonUpper(correct[j], draws[j], alpha / correct.length));
    }
    return sum / correct.length;
  }

  /// The fewest draws of one prompt at which pass@k reaches a target, with confidence `1 - alpha` for
  /// every target at once.
  ///
  ///     ⌈log(1 - target) / log(1 - CP_lo(c, N; α))⌉
  ///
  /// @param correct how many draws succeed
  /// @param draws out of how many
  /// @param target the chance to reach, in `(0, 1)`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the number of draws, `∞` where none is proven to do
  /// @throws IllegalArgumentException if an argument is out of range
  public static double drawsToReach(int correct, int draws, double target, double alpha) {
    Checks.openUnit(target, "target");
    double rate = ReferenceIntervals.clopperPearsonLower(correct, draws, alpha);
    // A rate of 0 has the logarithm -0: infinitely many.
    return Math.max(1, Math.ceil(Math.log1p(-target) / Math.log1p(-rate)));
  }

  /// How many disjoint blocks of `k` draws of one prompt, in the order drawn, have a success:
  /// trials for [#meanLower], whose mean chance is pass@k of these prompts if all have as many
  /// draws.
  ///
  /// @param passed whether each draw succeeds, in the order drawn; what is left over does not count
  /// @param k draws of a block, at least 1
  /// @return the number of blocks with a success, out of `⌊N/k⌋`
  /// @throws IllegalArgumentException if `k < 1`
  public static int blocksWithSuccess(boolean[] passed, int k) {
    Checks.atLeastOne(k, "k");
    int blocks = 0;
    for (int from = 0; from + k <= passed.length; from += k) {
      for (int i = from; i < from + k; i++) {
        if (passed[i]) {
          blocks++;
          break;
        }
      }
    }
    return blocks;
  }

  /// The largest number of draws of a block at which blocks could prove a target, if every one had a
  /// success: where a sequence of tests from the dearest down begins, without a look at the draws.
  ///
  ///     ⌊N/b⌋,   b the least number with α^(1/(Pb)) >= target
  ///
  /// @param draws draws of each prompt, `N`
  /// @param prompts how many prompts
  /// @param target the chance to reach, in `(0, 1)`
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the number of draws; 0 where not even blocks of one draw could do
  /// @throws IllegalArgumentException if an argument is out of range
  public static int largestBlock(int draws, int prompts, double target, double alpha) {
    Checks.atLeastOne(draws, "draws");
    Checks.atLeastOne(prompts, "prompts");
    double blocks =
        Math.log(Checks.openUnit(alpha, "alpha")) / Math.log(Checks.openUnit(target, "target"));
    return (int) (draws / Math.max(1, Math.ceil(blocks / prompts - 1e-12)));
  }
}
