package topdraw.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.numbers.combinatorics.LogBinomialCoefficient;
import topdraw.theory.confidence.DrawnValue;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.pool.DrawnMeans;
import topdraw.theory.pool.MajorityVote;
import topdraw.theory.pool.Pool;

/// What a coverage study estimates, and what it is in truth.
sealed interface MeanStatistic {
  /// What it is called.
  String words();

  /// The truth for a prompt.
  double truth(PromptLaw law);

  /// The mean over prompts, as an analysis finds it.
  ///
  /// @param prompts the draws of each
  /// @param intervals of whom to speak, and how surely
  Answer answer(List<double[]> prompts, MeanIntervals intervals);

  /// A mean and its interval.
  ///
  /// @param value the mean
  /// @param interval where it lies, if anything tells
  record Answer(double value, MeanInterval interval) {}

  /// How often an attempt succeeds.
  ///
  /// @param words what it is called
  /// @param statistic what an attempt is
  record OfPasses(String words, SuccessStatistic statistic) implements MeanStatistic {
    @Override
    public double truth(PromptLaw law) {
      return statistic.ofRate(((PromptLaw.Passing) law).rate());
    }

    @Override
    public Answer answer(List<double[]> prompts, MeanIntervals intervals) {
      int[] correct =
          prompts.stream().mapToInt(drawn -> (int) Arrays.stream(drawn).sum()).toArray();
      int[] draws = prompts.stream().mapToInt(drawn -> drawn.length).toArray();
      double[] values = statistic.byCount(draws[0]);
      return new Answer(
          Arrays.stream(correct).mapToDouble(c -> values[c]).average().orElseThrow(),
          intervals.ofSuccesses(statistic, correct, draws));
    }
  }

  /// How often the most frequent answer is right.
  ///
  /// @param k draws of a vote
  record OfVotes(int k) implements MeanStatistic {
    @Override
    public String words() {
      return "maj@" + k;
    }

    /// Over all counts of three answers.
    @Override
    public double truth(PromptLaw law) {
      double[] chances = ((PromptLaw.Answering) law).chances();
      double sum = 0;
      for (int right = 0; right <= k; right++) {
        for (int wrong = 0; wrong <= k - right; wrong++) {
          int other = k - right - wrong;
          int most = Math.max(right, Math.max(wrong, other));
          int first = (right == most ? 1 : 0) + (wrong == most ? 1 : 0) + (other == most ? 1 : 0);
          double chance =
              Math.exp(
                      LogBinomialCoefficient.value(k, right)
                          + LogBinomialCoefficient.value(k - right, wrong))
                  * Math.pow(chances[0], right)
                  * Math.pow(chances[1], wrong)
                  * Math.pow(chances[2], other);
          sum += right == most ? chance / first : 0;
        }
      }
      return sum;
    }

    @Override
    public Answer answer(List<double[]> prompts, MeanIntervals intervals) {
      List<MajorityVote> votes = prompts.stream().map(OfVotes::vote).toList();
      double[] values = votes.stream().mapToDouble(vote -> vote.at(k, 0).value()).toArray();
      return new Answer(
          Arrays.stream(values).average().orElseThrow(),
          intervals.scope() == Scope.PROMPTS
              ? intervals.ofValues(values, Optional.of(Range.UNIT))
              : intervals.overDraws(
                  votes.stream().map(vote -> vote.drawn(k)).toList(), Optional.of(Range.UNIT)));
    }

    private static MajorityVote vote(double[] drawn) {
      var counts = new int[3];
      Arrays.stream(drawn).forEach(answer -> counts[(int) answer]++);
      return new MajorityVote(counts, new double[] {1, 0, 0});
    }
  }

  /// The mean reward of best-of-n.
  ///
  /// @param n draws
  /// @param range where rewards lie, if known
  record OfBest(int n, Optional<Range> range) implements MeanStatistic {
    @Override
    public String words() {
      return "reward, n = " + n;
    }

    @Override
    public double truth(PromptLaw law) {
      return ((RewardLaw) law).reward(n);
    }

    @Override
    public Answer answer(List<double[]> prompts, MeanIntervals intervals) {
      List<DrawnValue> drawn =
          prompts.stream().map(draws -> DrawnMeans.ofBest(draws, n, range)).toList();
      double[] values = drawn.stream().mapToDouble(DrawnValue::value).toArray();
      return new Answer(
          Arrays.stream(values).average().orElseThrow(),
          intervals.scope() == Scope.PROMPTS
              ? intervals.ofValues(values, range)
              : intervals.overDraws(drawn, range));
    }
  }

  /// How often best-of-n wins against one draw.
  ///
  /// @param n draws, at least 2
  record OfWins(int n) implements MeanStatistic {
    @Override
    public String words() {
      return "win rate, n = " + n;
    }

    @Override
    public double truth(PromptLaw law) {
      return ((RewardLaw) law).winRate(n);
    }

    @Override
    public Answer answer(List<double[]> prompts, MeanIntervals intervals) {
      Optional<Range> range = Optional.of(Range.ofWinRate(n));
      double[] values = prompts.stream().mapToDouble(this::value).toArray();
      return new Answer(
          Arrays.stream(values).average().orElseThrow(),
          intervals.scope() == Scope.PROMPTS
              ? intervals.ofValues(values, range)
              : intervals.overDraws(prompts.stream().map(this::drawn).toList(), range));
    }

    private double value(double[] drawn) {
      return Math.clamp(Pool.ofRewards(drawn).winRate(n), 0.5, n / (n + 1.0));
    }

    /// One draw left out at a time, and one more that is better than all.
    private DrawnValue drawn(double[] draws) {
      double[] without =
          IntStream.range(0, draws.length)
              .mapToDouble(
                  left ->
                      value(
                          IntStream.range(0, draws.length)
                              .filter(i -> i != left)
                              .mapToDouble(i -> draws[i])
                              .toArray()))
              .toArray();
      double mean = Arrays.stream(without).average().orElseThrow();
      double squares = Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
      double[] longer = Arrays.copyOf(draws, draws.length + 1);
      longer[draws.length] = Arrays.stream(draws).max().orElseThrow() + 1;
      return new DrawnValue(
          value(draws),
          squares * (draws.length - 1) / draws.length,
          value(longer),
          (double) draws.length / n);
    }
  }
}
