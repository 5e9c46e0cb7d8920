package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import topdraw.theory.confidence.BetaBinomialPosterior;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Finding;

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

  /// The mean of a statistic over the prompts that have as many draws as an attempt, then what is
  /// proven of it.
  List<Finding> at(Measure measure, SuccessStatistic statistic) {
    int n = statistic.k();
    int[] asked = IntStream.range(0, draws.length).filter(j -> draws[j] >= n).toArray();
    int[] passed = Arrays.stream(asked).map(j -> correct[j]).toArray();
    int[] of = Arrays.stream(asked).map(j -> draws[j]).toArray();
    Map<Integer, double[]> tables = new HashMap<>();
    var values = new double[asked.length];
    for (int j = 0; j < asked.length; j++) {
      values[j] = tables.computeIfAbsent(of[j], statistic::byCount)[passed[j]];
    }
    var numbers = new PromptNumbers(List.of(values), of);
    List<Finding> all = new ArrayList<>();
    all.add(
        findings.finding(
            measure,
            numbers.mean(),
            interval(statistic, passed, of),
            measure.quantity().range(),
            numbers));
    all.addAll(measure.bounds(n, numbers.column(), findings.confidence()));
    return all;
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
        posteriors.computeIfAbsent(passed.length, _ -> BetaBinomialPosterior.of(passed, of)));
  }
}
