package topdraw.advice;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.PassRateBounds;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.numeric.OneDigit;
import topdraw.theory.pool.ForecastAnswer;
import topdraw.theory.pool.PassForecast;
import topdraw.theory.pool.TailModel;

/// pass@k for more draws than were recorded. Over prompts *estimates*: without a model up to four
/// times as many, with one up to a hundred times, if it foretells the second half of the draws. Of
/// given prompts *theorems* for every k, from bounds on their rates.
///
/// @param counts how many draws of each prompt pass
/// @param first how many of their first half
/// @param draws how many each has
/// @param scores the prompts
record Forecast(int[] counts, int[] first, int draws, ScoredPrompts scores) {
  private static final Estimator WITHOUT_MODEL =
      new Estimator("pass_forecast", "forecast without a model of how prompts differ");
  private static final Estimator TAIL =
      new Estimator("tail_model", "forecast if rates follow a beta law, some never solved");
  private static final Estimator ENVELOPE =
      new Estimator("pass_envelope", "most that pass@k can be, from pass@N and pass@(N-1)");
  private static final Estimator RATES =
      new Estimator("rates_of_prompts", "exact bounds on each prompt's rate");

  /// The forecast for each k.
  ///
  /// @param scores the prompts
  /// @param ks the numbers of draws
  /// @param wanted of whom it is to speak; empty for what the number of prompts allows
  /// @return the advice
  static Advice of(ScoredPrompts scores, List<Integer> ks, Optional<Scope> wanted) {
    Optional<String> refused = refused(scores);
    if (refused.isPresent()) {
      return Advice.refused(Subject.FORECAST, refused.get());
    }
    int draws = scores.draws();
    Forecast forecast =
        new Forecast(
            scores.prompts().stream().mapToInt(one -> one.passing(draws)).toArray(),
            scores.prompts().stream().mapToInt(one -> one.passing(draws / 2)).toArray(),
            draws,
            scores);
    List<Advice.Row> rows = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    Scope scope = wanted.orElseGet(() -> Scope.of(scores.count()));
    for (int k : ks.stream().sorted().distinct().toList()) {
      if (k <= draws) {
        reasons.add("k = " + k + ": no more than the draws recorded; the curve has it");
        continue;
      }
      List<Finding> findings =
          scope == Scope.DRAWS ? forecast.ofGiven(k) : forecast.overPrompts(k, reasons);
      if (!findings.isEmpty()) {
        rows.add(Advice.row(entry("k", (double) k), findings));
      }
    }
    return new Advice(Subject.FORECAST, rows, reasons);
  }

  private static Optional<String> refused(ScoredPrompts scores) {
    if (scores.refusal().isPresent()) {
      return scores.refusal();
    }
    if (scores.count() == 0 || !scores.binary()) {
      return Optional.of("a forecast is of pass@k, and rewards are not all 0 or 1");
    }
    boolean errs =
        scores.prompts().stream()
            .anyMatch(
                one ->
                    one.gold().length > 0
                        && IntStream.range(0, one.draws())
                            .anyMatch(i -> Math.max(0, one.rewards()[i]) != one.gold()[i]));
    return errs
        ? Optional.of("the reward is not always the gold reward: what passes is no success")
        : Optional.empty();
  }

  private List<Finding> ofGiven(int k) {
    var attempt = new SuccessStatistic.AnyOf(k);
    int[] sizes = scores.prompts().stream().mapToInt(Scored::draws).toArray();
    int[] passes = scores.prompts().stream().mapToInt(one -> one.passing(one.draws())).toArray();
    double alpha = scores.confidence().alpha() / 2;
    List<String> about = List.of(Scope.DRAWS.assumption(scores.count()));
    return List.of(
        bound(Role.LOWER_BOUND, PassRateBounds.eachLower(attempt, passes, sizes, alpha), about),
        bound(Role.UPPER_BOUND, PassRateBounds.eachUpper(attempt, passes, sizes, alpha), about));
  }

  /// Each end has half of the chance of failing, so both hold together.
  private Finding bound(Role role, double value, List<String> about) {
    return Finding.certificate(
            Quantity.PASS_AT_K,
            role,
            value,
            scores.confidence().ofOneEnd(),
            scores.samples(),
            RATES,
            about)
        .overPrompts(scores.count());
  }

  private List<Finding> overPrompts(int k, List<String> reasons) {
    double alpha = Math.min(0.5, scores.confidence().alpha());
    ForecastAnswer answer = PassForecast.at(counts, draws, k, alpha);
    Estimator source = WITHOUT_MODEL;
    if (answer instanceof ForecastAnswer.Refused(ForecastAnswer.Reason reason)
        && reason == ForecastAnswer.Reason.TOO_FAR) {
      answer = rising(TailModel.forecast(first, draws / 2, counts, draws, k, alpha), alpha);
      source = TAIL;
    }
    return switch (answer) {
      case ForecastAnswer.Refused(ForecastAnswer.Reason reason) -> {
        reasons.add("k = " + k + ": " + reason.words());
        yield List.of();
      }
      case ForecastAnswer.Forecast(double value, Interval interval, double allowance) -> {
        List<Finding> findings = new ArrayList<>();
        findings.add(estimate(source, value, interval, assumptions(source, allowance)));
        if (source.equals(TAIL)) {
          findings.add(envelope(k, alpha));
        }
        yield findings;
      }
    };
  }

  /// More draws never pass less often, so a model says no less than what needs none.
  private ForecastAnswer rising(ForecastAnswer far, double alpha) {
    return far instanceof ForecastAnswer.Forecast model
            && PassForecast.at(counts, draws, PassForecast.FURTHEST * draws, alpha)
                instanceof ForecastAnswer.Forecast near
        ? new ForecastAnswer.Forecast(
            Math.max(model.value(), near.value()),
            new Interval(
                Math.max(model.interval().lower(), near.interval().lower()),
                Math.max(model.interval().upper(), near.value())),
            model.allowance())
        : far;
  }

  private List<String> assumptions(Estimator source, double allowance) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add(scores.assumption());
    assumptions.add(
        source.equals(TAIL)
            ? "rates of prompts follow a beta law with a share never solved; from the first half of"
                + " the draws it foretold the second"
            : "a bias of at most "
                + OneDigit.atMost(allowance)
                + ", whatever the rates of prompts, is inside the interval");
    if (scores.prompts().stream().anyMatch(one -> one.draws() != draws)) {
      assumptions.add("of each prompt its first " + draws + " draws");
    }
    return assumptions;
  }

  private Finding estimate(
      Estimator source, double value, Interval interval, List<String> assumptions) {
    return Finding.estimate(
            Quantity.PASS_AT_K,
            Role.VALUE,
            value,
            interval,
            scores.confidence(),
            (long) draws * scores.count(),
            source,
            assumptions)
        .overPrompts(scores.count());
  }

  /// A theorem of the true pass@N and pass@(N-1), of which only intervals are known.
  private Finding envelope(int k, double alpha) {
    double before = draws == 1 ? 0 : passAt(draws - 1, alpha).lower();
    double now = passAt(draws, alpha).upper();
    return new Finding(
        Quantity.PASS_AT_K,
        Role.UPPER_BOUND,
        PassForecast.atMost(Math.min(before, now), now, k - draws),
        Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of((long) draws * scores.count()),
        OptionalLong.of(scores.count()),
        ENVELOPE,
        List.of(
            scores.assumption(),
            "a theorem of the true pass@N and pass@(N-1); the ends of their intervals stand for"
                + " them"));
  }

  private Interval passAt(int k, double alpha) {
    int[] sizes = IntStream.generate(() -> draws).limit(counts.length).toArray();
    return ((MeanInterval.Found)
            new MeanIntervals(Scope.PROMPTS, alpha)
                .ofSuccesses(new SuccessStatistic.AnyOf(k), counts, sizes))
        .interval();
  }
}
