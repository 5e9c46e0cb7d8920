package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// Intervals for means over prompts, chosen by what is known of the values and of whom they are to
/// speak. No interval has width zero, and each contains the mean.
///
///     what                        over prompts                          over draws
///     successes among draws       effective sample size                 binomial, or Clopper-Pearson
///     values in a known range     the same; betting where few differ    jackknife, cut to the range
///     other values                t and Hall's transformation           jackknife
///
/// @param scope of whom they speak; [Scope#of] for what the number of prompts allows
/// @param alpha the chance of missing, in `(0, 1/2]`
public record MeanIntervals(Scope scope, double alpha) {
  private static final int FEWEST_THAT_DIFFER = 10;
  private static final double SAME = 1e-9;
  private static final double SKEWED = 2;

  /// Checks the chance.
  public MeanIntervals {
    if (!(alpha > 0 && alpha <= 0.5)) {
      throw new IllegalArgumentException("alpha must be in (0, 0.5], was " + alpha);
    }
  }

  /// The interval of a success statistic, such as pass@k.
  ///
  /// @param statistic what an attempt is worth
  /// @param correct how many draws of each prompt succeed; a draw without a score does not
  /// @param draws out of how many; over prompts, at least the statistic's `k`
  /// @return the interval
  /// @throws IllegalArgumentException if the counts do not fit, or over prompts an attempt needs
  ///   more draws than there are
  public MeanInterval ofSuccesses(SuccessStatistic statistic, int[] correct, int[] draws) {
    Counts.check(correct, draws);
    if (scope == Scope.DRAWS) {
      return new PassesOverDraws(statistic, correct, draws, alpha).interval();
    }
    if (correct.length == 1) {
      return none(MeanInterval.Reason.ONE_PROMPT);
    }
    BetaBinomialPosterior posterior = BetaBinomialPosterior.of(correct, draws);
    return ofSuccesses(statistic, correct, draws, posterior);
  }

  /// [#ofSuccesses(SuccessStatistic, int[], int[])] over prompts with a posterior that is known
  /// from another statistic of the same counts.
  ///
  /// @param statistic what an attempt is worth
  /// @param correct how many draws of each of at least two prompts succeed
  /// @param draws out of how many, at least the statistic's `k`
  /// @param posterior that of the counts
  /// @return the interval
  /// @throws IllegalArgumentException if the counts do not fit
  public MeanInterval.Found ofSuccesses(
      SuccessStatistic statistic, int[] correct, int[] draws, BetaBinomialPosterior posterior) {
    Counts.check(correct, draws);
    return found(
        PassesOverPrompts.interval(statistic, correct, draws, posterior, alpha),
        IntervalMethod.EFFECTIVE_SAMPLE,
        correct.length);
  }

  /// The interval of other values over prompts.
  ///
  /// @param values one per prompt, in an order that says nothing of them: betting, a *theorem*,
  ///   asks for it
  /// @param range where they provably lie, if known
  /// @return the interval
  /// @throws IllegalArgumentException if there is no value, one lies outside the range, or this
  ///   speaks of draws
  public MeanInterval ofValues(double[] values, Optional<Range> range) {
    if (scope != Scope.PROMPTS) {
      throw new IllegalArgumentException("values alone do not tell how they vary with the drawing");
    }
    Checks.atLeastOne(values.length, "the number of prompts");
    if (range.isPresent()) {
      return inRange(values, range.get());
    }
    if (values.length == 1) {
      return none(MeanInterval.Reason.ONE_PROMPT);
    }
    return Arrays.stream(values).distinct().count() == 1
        ? none(MeanInterval.Reason.NO_SPREAD)
        : found(HallInterval.of(values, alpha), IntervalMethod.T_AND_HALL, values.length);
  }

  /// The interval of other values over draws.
  ///
  /// @param prompts what the draws of each say, at least one
  /// @param range where the values provably lie, if known
  /// @return the interval
  /// @throws IllegalArgumentException if there is none, one lies outside the range, or this speaks
  ///   of prompts
  public MeanInterval overDraws(List<DrawnValue> prompts, Optional<Range> range) {
    if (scope != Scope.DRAWS) {
      throw new IllegalArgumentException("values of draws do not tell how prompts vary");
    }
    Checks.atLeastOne(prompts.size(), "the number of prompts");
    return new JackknifeInterval(alpha).of(prompts, range);
  }

  private MeanInterval.Found inRange(double[] values, Range range) {
    double[] scaled = range.scaled(values);
    int count = scaled.length;
    if (count - mostFrequent(scaled) < FEWEST_THAT_DIFFER) {
      // No method that looks at the spread can see a kind of prompt that was not drawn.
      return found(range.at(Betting.interval(scaled, alpha)), IntervalMethod.BETTING, count);
    }
    double[] moments = PassesOverPrompts.moments(scaled);
    Interval limits = PassesOverPrompts.limits(moments[0], moments[1], count, alpha);
    if (Math.abs(HallInterval.skewness(scaled)) > SKEWED) {
      Interval other = Range.UNIT.cut(HallInterval.of(scaled, alpha));
      limits =
          new Interval(
              Math.min(limits.lower(), other.lower()), Math.max(limits.upper(), other.upper()));
    }
    return found(range.at(limits), IntervalMethod.EFFECTIVE_SAMPLE, count);
  }

  /// How often the most frequent value comes.
  private static int mostFrequent(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int most = 0;
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      from = sorted[i] - sorted[from] > SAME ? i : from;
      most = Math.max(most, i - from + 1);
    }
    return most;
  }

  private MeanInterval.Found found(Interval interval, IntervalMethod method, int prompts) {
    return new MeanInterval.Found(interval, method, scope, prompts);
  }

  private MeanInterval.None none(MeanInterval.Reason reason) {
    return new MeanInterval.None(reason, scope);
  }
}
