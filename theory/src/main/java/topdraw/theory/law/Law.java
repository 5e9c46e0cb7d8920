package topdraw.theory.law;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Chunks;

/// The exact law of a selection on an outcome table: what it returns, how far that is from the
/// reference policy, how often it wins, what it costs.
///
/// Every number is *exact* up to rounding, about 1e-13 relative: log-probabilities down to -2000,
/// `n` up to 1e9 and fractional `n` included. Early stop is best-of-n of the clipped reward, all
/// accepted outcomes being one level. A threshold is a reward, accepted when `r >= threshold`; in a
/// table without rewards it is a rank, 0 for the worst outcome.
///
/// Source: the paper, Lemma 2.3, Lemma 5.2, Lemma 6.1; [SoftBestOfNLaw], [BestOfPoissonLaw].
public final class Law {
  private final Selection selection;
  private final OutcomeTable table;

  /// The levels as this selection tells them apart: accepted ones are merged.
  private final Levels levels;

  /// `log(Π_l / P_l)` of a level; worked out again where it is asked for, not kept.
  private final LogRatio logRatio;

  private final double kl;
  private final double winRate;
  private final double expectedDraws;

  private Law(
      Selection selection,
      OutcomeTable table,
      Levels levels,
      LogRatio logRatio,
      double kl,
      double winRate,
      double expectedDraws) {
    this.selection = selection;
    this.table = table;
    this.levels = levels;
    this.logRatio = logRatio;
    this.kl = kl;
    this.winRate = winRate;
    this.expectedDraws = expectedDraws;
  }

  /// The law of a selection on a table.
  ///
  /// @param selection how one completion is chosen
  /// @param table the reference policy
  /// @return its law
  /// @throws IllegalArgumentException if the selection rewinds until a threshold that no outcome
  ///   reaches
  public static Law of(Selection selection, OutcomeTable table) {
    return switch (selection) {
      case Selection.BestOfN(double n) ->
          ofRatios(selection, table, table.levels(), new BestOfNRatio(table.levels(), n), n);
      case Selection.EarlyStop(double n, double threshold) ->
          earlyStop(selection, table, n, threshold);
      case Selection.RewindAndRepeat(double threshold) -> rewind(selection, table, threshold);
      case Selection.SoftBestOfN(int n, double temperature) ->
          soft(selection, table, n, temperature);
      case Selection.BestOfPoisson(double mu) ->
          ofRatios(
              selection,
              table,
              table.levels(),
              l -> BestOfPoissonLaw.logRatio(table.levels(), mu, l),
              1 + mu);
    };
  }

  private static Law soft(Selection selection, OutcomeTable table, int n, double temperature) {
    Levels levels = table.levels();
    double[] ratios = SoftBestOfNLaw.logRatios(levels, table.levelRewards(), n, temperature);
    return ofRatios(selection, table, levels, l -> ratios[l], n);
  }

  private static Law earlyStop(
      Selection selection, OutcomeTable table, double n, double threshold) {
    int first = table.firstLevelAtLeast(threshold);
    if (first == table.levelCount()) {
      return ofRatios(selection, table, table.levels(), new BestOfNRatio(table.levels(), n), n);
    }
    Levels clipped = table.levels().mergedFrom(first);
    double draws = Rewind.expectedDraws(n, clipped.logMass(first), clipped.logComplement(first));
    return ofRatios(selection, table, clipped, new BestOfNRatio(clipped, n), draws);
  }

  private static Law rewind(Selection selection, OutcomeTable table, double threshold) {
    int first = table.firstLevelAtLeast(threshold);
    if (first == table.levelCount()) {
      throw new IllegalArgumentException(
          "no outcome reaches the threshold "
              + threshold
              + ", so rewind-and-repeat would never end; the largest reward is "
              + IntStream.range(0, table.size())
                  .filter(table::isDrawn)
                  .mapToDouble(table::reward)
                  .max()
                  .orElseThrow());
    }
    Levels clipped = table.levels().mergedFrom(first);
    double logPass = clipped.logMass(first);
    return new Law(
        selection,
        table,
        clipped,
        l -> l < first ? Double.NEGATIVE_INFINITY : 0 - logPass,
        0 - logPass,
        1 - Math.exp(logPass) / 2,
        Math.exp(-logPass));
  }

  /// A law from `log(Π_l / P_l)` of each level.
  private static Law ofRatios(
      Selection selection, OutcomeTable table, Levels levels, LogRatio logRatio, double draws) {
    var wins = new double[Chunks.count(levels.count)];
    double kl =
        Chunks.sum(
            levels.count,
            (from, to) -> {
              var sums = new LawSums(logRatio, to - from);
              for (int l = from; l < to; l += LevelChunk.SIZE) {
                sums.add(levels.chunk(l), l);
              }
              wins[from / Chunks.SIZE] = sums.winRate();
              return sums.kl();
            });
    return new Law(selection, table, levels, logRatio, kl, Arrays.stream(wins).sum(), draws);
  }

  /// The law of the level that best-of-n returns.
  ///
  /// @param n completions drawn per prompt, above 0
  /// @param table the reference policy
  /// @return probabilities of the levels, from the worst
  /// @throws IllegalArgumentException if `n <= 0`
  public static double[] levelProbabilities(double n, OutcomeTable table) {
    Checks.positive(n, "n");
    Levels levels = table.levels();
    var ratio = new BestOfNRatio(levels, n);
    return IntStream.range(0, levels.count)
        .mapToDouble(l -> Math.exp(levels.logMass(l) + ratio.at(l)))
        .toArray();
  }

  /// How one completion is chosen.
  ///
  /// @return the selection
  public Selection selection() {
    return selection;
  }

  /// The levels as this selection tells them apart: what early stop and rewind-and-repeat accept is
  /// one.
  ///
  /// @return the levels, from the worst
  public Levels levels() {
    return levels;
  }

  /// The law of the returned outcome.
  ///
  /// @return probabilities in the table's order
  public double[] probabilities() {
    return perOutcome(i -> Math.exp(logProbability(i)));
  }

  /// The law of the returned outcome in logarithms, for probabilities that underflow.
  ///
  /// @return log-probabilities in nats, in the table's order; `-∞` for what is never returned
  public double[] logProbabilities() {
    return perOutcome(this::logProbability);
  }

  private double[] perOutcome(IntToDoubleFunction function) {
    return IntStream.range(0, table.size()).mapToDouble(function).toArray();
  }

  private double logProbability(int outcome) {
    return table.isDrawn(outcome)
        ? table.logProbability(outcome)
            + logRatio.at(Math.min(table.level(outcome), levels.count - 1))
        : Double.NEGATIVE_INFINITY;
  }

  /// The KL divergence from the reference policy, as a sum of terms none of which is negative.
  /// Source: the paper, sections 3 and 6 (`log(1/z)` for rewind-and-repeat).
  ///
  /// @return `KL(π ‖ p)` in nats
  public double kl() {
    return kl;
  }

  /// The probability to win against a draw from the reference policy, ties counted half. Source:
  /// the paper, eq. (29), Lemma 5.2, Lemma 6.2.
  ///
  /// @return `W(π ‖ p)`, in `[0, 1]`
  public double winRate() {
    return winRate;
  }

  /// The mean reward of the returned outcome; of its rank, in a table without rewards.
  ///
  /// @return the mean reward; `-∞` if an outcome without score can be returned
  public double expectedReward() {
    double sum = 0;
    for (int i = 0; i < table.size(); i++) {
      double probability = Math.exp(logProbability(i));
      sum += probability == 0 ? 0 : probability * table.reward(i);
    }
    return sum;
  }

  /// The mean number of completions drawn per prompt.
  ///
  ///     best-of-n, soft or not: n     early stop: (1 - (1-z)^n) / z     rewind-and-repeat: 1/z
  ///     best-of-Poisson: 1 + μ
  ///
  /// @return the mean number of draws
  public double expectedDraws() {
    return expectedDraws;
  }
}
