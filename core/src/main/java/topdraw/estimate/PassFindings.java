package topdraw.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import topdraw.theory.confidence.BetaBinomialPosterior;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What attempts of several draws are worth where every reward is 0 or 1: pass@k and its kin, from
/// how many draws of each prompt pass.
///
/// @param correct how many draws of each prompt pass
/// @param draws out of how many
/// @param findings how means become findings
/// @param posteriors those that were made, by the number of prompts they are of
record PassFindings(
    int[] correct,
    int[] draws,
    MeanFindings findings,
    Map<Integer, BetaBinomialPosterior> posteriors) {
  PassFindings(int[] correct, int[] draws, MeanFindings findings) {
    this(correct, draws, findings, new HashMap<>());
  }

  /// pass@k with what is proven of it, and how often more than one draw passes.
  ///
  /// @param passAtK the measure whose name it has
  List<Finding> at(Measure passAtK, int k) {
    List<Finding> all = new ArrayList<>();
    PromptNumbers numbers = numbers(new SuccessStatistic.AnyOf(k));
    all.add(finding(Quantity.PASS_AT_K, passAtK.source(), new SuccessStatistic.AnyOf(k)));
    all.addAll(MeasureBounds.of(passAtK, k, numbers, findings));
    all.add(finding(Quantity.PASS_HAT_K, Measures.ALL_PASS, new SuccessStatistic.AllOf(k)));
    if (k > 1) {
      all.add(
          finding(Quantity.G_PASS_AT_K, Measures.HALF_PASS, new SuccessStatistic.ShareOf(k, 0.5)));
      all.add(
          finding(Quantity.G_PASS_AT_K, Measures.MOST_PASS, new SuccessStatistic.ShareOf(k, 0.75)));
    }
    return all;
  }

  /// How far the best of `n` drifts where a single prompt is spoken of: its rate of passes tells
  /// the whole drift, so no more is possible than over what that rate may be.
  ///
  /// @param told what was estimated of it; empty where that was withheld
  /// @param proven between what the drift lies, in nats
  /// @return the *estimate*; empty of several prompts, and where one stands for others
  Optional<Finding> driftOfOne(int n, Optional<Finding> told, Interval proven) {
    Confidence confidence = findings.confidence();
    return ofOne(n)
        .map(
            passes ->
                told.map(one -> passes.corrected(one, n, proven, confidence))
                    .orElseGet(() -> passes.drift(n, proven, confidence))
                    .overPrompts(1));
  }

  /// How often the best of `n` wins where a single prompt is spoken of: the jackknife sees nothing
  /// where the win rate peaks, so the interval is again all that the rate of passes allows.
  ///
  /// @param told what was estimated of it
  /// @return the *estimate*; empty of several prompts, and where one stands for others
  Optional<Finding> winRateOfOne(int n, Finding told) {
    return n == 1
        ? Optional.empty()
        : ofOne(n).map(passes -> passes.winRate(told, n, findings.confidence()).overPrompts(1));
  }

  private Optional<RoundPasses> ofOne(int n) {
    int[] passed = of(n, correct);
    return passed.length != 1 || findings.scope(1) != Scope.DRAWS
        ? Optional.empty()
        : Optional.of(new RoundPasses(passed[0], of(n, draws)[0]));
  }

  private int[] of(int k, int[] numbers) {
    return IntStream.range(0, draws.length)
        .filter(j -> draws[j] >= k)
        .map(j -> numbers[j])
        .toArray();
  }

  /// What it is for the prompts that have as many draws as an attempt.
  private PromptNumbers numbers(SuccessStatistic statistic) {
    int[] passed = of(statistic.k(), correct);
    int[] of = of(statistic.k(), draws);
    Map<Integer, double[]> tables = new HashMap<>();
    var values = new double[of.length];
    for (int j = 0; j < of.length; j++) {
      values[j] = tables.computeIfAbsent(of[j], statistic::byCount)[passed[j]];
    }
    return new PromptNumbers(List.of(values), of);
  }

  private Finding finding(Quantity quantity, Estimator source, SuccessStatistic statistic) {
    PromptNumbers numbers = numbers(statistic);
    return findings
        .means()
        .finding(
            quantity,
            Role.VALUE,
            source,
            numbers.mean(),
            interval(statistic, of(statistic.k(), correct), numbers.draws()),
            quantity.range(),
            numbers.from());
  }

  private MeanInterval interval(SuccessStatistic statistic, int[] passed, int[] of) {
    Scope scope = findings.scope(passed.length);
    MeanIntervals intervals = findings.intervals(scope);
    if (scope == Scope.DRAWS || passed.length == 1) {
      return intervals.ofSuccesses(statistic, passed, of);
    }
    // The prompts that have n draws are the fewer the larger n is, so their number says which.
    return intervals.ofSuccesses(
        statistic,
        passed,
        of,
        posteriors.computeIfAbsent(passed.length, prompts -> BetaBinomialPosterior.of(passed, of)));
  }
}
