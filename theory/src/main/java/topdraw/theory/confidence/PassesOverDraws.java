package topdraw.theory.confidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import topdraw.theory.finding.Interval;

/// The mean of a success statistic over given prompts: only the drawing is random.
///
/// A *theorem* for one prompt, for the mean rate of prompts with equally many draws, and beyond the
/// draws; an *estimate* otherwise, which is kept within bounds that are theorems. Source: ours, and
/// [PassRateBounds].
final class PassesOverDraws {
  private final SuccessStatistic statistic;
  private final int[] correct;
  private final int[] draws;
  private final double alpha;

  PassesOverDraws(SuccessStatistic statistic, int[] correct, int[] draws, double alpha) {
    this.statistic = statistic;
    this.correct = correct;
    this.draws = draws;
    this.alpha = alpha;
  }

  MeanInterval.Found interval() {
    boolean within = Arrays.stream(draws).min().orElseThrow() >= statistic.k();
    if (correct.length == 1) {
      return found(eachPrompt(), IntervalMethod.POOLED_DRAWS);
    }
    if (Counts.even(draws) && (statistic.k() == 1 || (!within && bounded()))) {
      return found(pooled(), IntervalMethod.POOLED_DRAWS);
    }
    return within
        ? found(effective(), IntervalMethod.BINOMIAL_OVER_DRAWS)
        : found(eachPrompt(), IntervalMethod.EACH_PROMPT);
  }

  private MeanInterval.Found found(Interval interval, IntervalMethod method) {
    return new MeanInterval.Found(interval, method, Scope.DRAWS, correct.length);
  }

  /// Whether the mean rate bounds the mean of the statistic, from both sides then.
  private boolean bounded() {
    return statistic.meanAtLeast(1) > 0;
  }

  private Interval eachPrompt() {
    return new Interval(
        PassRateBounds.eachLower(statistic, correct, draws, alpha / 2),
        PassRateBounds.eachUpper(statistic, correct, draws, alpha / 2));
  }

  /// From the mean rate of prompts with equally many draws.
  private Interval pooled() {
    long successes = Arrays.stream(correct).sum();
    long trials = Arrays.stream(draws).asLongStream().sum();
    return new Interval(
        statistic.meanAtLeast(PassRateBounds.meanLower(successes, trials, alpha / 2)),
        statistic.meanAtMost(PassRateBounds.meanUpper(successes, trials, alpha / 2)));
  }

  private Interval effective() {
    int prompts = correct.length;
    Map<Integer, OverDraws> known = new HashMap<>();
    double mean = 0;
    double posterior = 0;
    double jackknife = 0;
    int blocks = 0;
    for (int j = 0; j < prompts; j++) {
      OverDraws ofDraws = known.computeIfAbsent(draws[j], size -> new OverDraws(statistic, size));
      mean += ofDraws.value(correct[j]) / prompts;
      posterior += ofDraws.posteriorVariance(correct[j]) / prompts / prompts;
      jackknife += ofDraws.jackknifeVariance(correct[j]) / prompts / prompts;
      blocks += draws[j] / statistic.k();
    }
    double size = EffectiveSample.size(mean, Math.max(posterior, jackknife), 1, blocks);
    Interval limits = EffectiveSample.exact(mean, size, alpha);
    Interval proven = eachPrompt();
    if (Counts.even(draws)) {
      Interval pooled = pooled();
      proven =
          new Interval(
              Math.max(proven.lower(), pooled.lower()), Math.min(proven.upper(), pooled.upper()));
    }
    return new Interval(
        Math.min(mean, Math.max(limits.lower(), proven.lower())),
        Math.max(mean, Math.min(limits.upper(), proven.upper())));
  }
}
