package topdraw.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import topdraw.advice.BudgetReplay;
import topdraw.selection.RejectionRule;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.PoolEstimates;

/// What a method gives and costs on one prompt, on average.
///
/// @param rate the pass rate, or the win rate
/// @param draws begun
/// @param tokens drawn
record Spending(double rate, double draws, double tokens) {

  /// Best-of-n: over all subsets.
  static Spending plain(ScoredBeginnings prompt, boolean passFail, int n) {
    Pool pool = Pool.ofRewards(prompt.rewards());
    return new Spending(passFail ? pool.reward(n) : pool.winRate(n), n, n * prompt.meanLength());
  }

  /// Best-of-n that stops at the first draw to reach a threshold, fixed beforehand: over all
  /// orders.
  ///
  /// Which of the draws that fall short come before the stop is left to chance, so their mean
  /// length is that of all of them.
  static Spending earlyStop(ScoredBeginnings prompt, boolean passFail, double threshold, int cap) {
    double[] rewards = prompt.rewards();
    Pool pool = Pool.ofRewards(rewards);
    PoolEstimates clipped = pool.clippedAt(threshold).at(cap);
    double draws = pool.acceptance(threshold).earlyStopDraws(cap);
    int[] below = IntStream.range(0, rewards.length).filter(i -> rewards[i] < threshold).toArray();
    int[] reach = IntStream.range(0, rewards.length).filter(i -> rewards[i] >= threshold).toArray();
    double never = 1;
    for (int k = 0; k < cap; k++) {
      never *= Math.max(0.0, below.length - k) / (rewards.length - k);
    }
    double tokens =
        (draws - (1 - never)) * meanLength(prompt, below) + (1 - never) * meanLength(prompt, reach);
    return new Spending(passFail ? clipped.mean(rewards) : clipped.winRate(), draws, tokens);
  }

  private static double meanLength(ScoredBeginnings prompt, int[] draws) {
    return Arrays.stream(draws).map(i -> prompt.lengths()[i]).average().orElse(0);
  }

  /// Prefix-scored rejection of `n` draws at random, judged by the others.
  static Spending rejection(
      ScoredBeginnings prompt,
      boolean passFail,
      int n,
      RejectionRule rule,
      int replays,
      SplittableRandom random) {
    double rate = 0;
    double tokens = 0;
    for (int r = 0; r < replays; r++) {
      int[] order = shuffled(prompt.size(), random);
      ScoredBeginnings.Kept kept = prompt.kept(Arrays.copyOf(order, n), rule);
      double reward = prompt.rewards()[kept.draw()];
      rate += passFail ? reward : wins(reward, prompt.rewards(), order, n);
      tokens += kept.tokens();
    }
    return new Spending(rate / replays, n, tokens / replays);
  }

  /// A budget over prompts in two stages, of at most three quarters of each prompt's draws in a
  /// random order, judged by those not made.
  static List<Spending> budget(
      List<ScoredBeginnings> prompts,
      boolean passFail,
      double draws,
      int replays,
      SplittableRandom random) {
    double[][] sums = new double[prompts.size()][3];
    for (int r = 0; r < replays; r++) {
      List<int[]> orders = prompts.stream().map(one -> shuffled(one.size(), random)).toList();
      List<double[]> rewards =
          IntStream.range(0, prompts.size())
              .mapToObj(
                  j ->
                      Arrays.stream(orders.get(j), 0, mostOfBudget(prompts.get(j).size()))
                          .mapToDouble(i -> prompts.get(j).rewards()[i])
                          .toArray())
              .toList();
      List<BudgetReplay.Spent> spent = BudgetReplay.inTwoStages(rewards, draws);
      for (int j = 0; j < sums.length; j++) {
        ScoredBeginnings prompt = prompts.get(j);
        int[] order = orders.get(j);
        BudgetReplay.Spent one = spent.get(j);
        sums[j][0] +=
            passFail ? one.best() : wins(one.best(), prompt.rewards(), order, one.draws());
        sums[j][1] += one.draws();
        sums[j][2] += Arrays.stream(order, 0, one.draws()).map(i -> prompt.lengths()[i]).sum();
      }
    }
    return Arrays.stream(sums)
        .map(sum -> new Spending(sum[0] / replays, sum[1] / replays, sum[2] / replays))
        .toList();
  }

  /// The most draws that a budget makes of a prompt with so many recorded.
  static int mostOfBudget(int recorded) {
    return 3 * recorded / 4;
  }

  /// How often a reward wins against the draws from a place in an order on, ties half.
  private static double wins(double reward, double[] rewards, int[] order, int from) {
    return IntStream.range(from, order.length)
        .mapToDouble(i -> (1 + Math.signum(reward - rewards[order[i]])) / 2)
        .average()
        .orElseThrow();
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
