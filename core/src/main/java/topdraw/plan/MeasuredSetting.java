package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import topdraw.estimate.Column;
import topdraw.estimate.MeasuredPrompts;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Acceptance;
import topdraw.theory.pool.PassAtK;

/// One setting of a method with its numbers from every prompt that has a score, read when they are
/// asked for.
///
/// @param setting the setting
/// @param from what was measured
/// @param i which of its settings, from 0
/// @param measured what was measured of all prompts
/// @param first the column where the method's numbers begin, of each prompt
/// @param zeroOne whether every score of every prompt is 0 or 1: then a draw without a score did
///   not pass
record MeasuredSetting(
    Setting setting,
    TestedSettings from,
    int i,
    MeasuredPrompts measured,
    IntUnaryOperator first,
    boolean zeroOne) {
  static final Estimator PILOT = new Estimator("pilot", "pilot");
  private static final Estimator SECOND_HALF =
      new Estimator("pilot_second_half", "pilot, second half of the draws");

  /// The most draws of a prompt.
  int n() {
    return switch (setting) {
      case Setting.BestOfN(long n) -> (int) n;
      case Setting.EarlyStop(long cap, double passRate) -> (int) cap;
      case Setting.StopAt(long cap, double threshold) -> (int) cap;
      case Setting.RewindAndRepeat rewind -> throw notMeasured();
      case Setting.BestOfPoisson poisson -> throw notMeasured();
    };
  }

  private IllegalStateException notMeasured() {
    return new IllegalStateException(setting + " is not measured");
  }

  boolean stops() {
    return setting.method() == Method.EARLY_STOP;
  }

  /// An unbiased win rate of each prompt.
  Column winRates() {
    return column(0);
  }

  /// A KL divergence that is too large on average.
  Column kls() {
    return column(1);
  }

  /// An unbiased reward; `-∞` when a draw without score can be returned.
  Column rewards() {
    return zeroOne && judgedByAll()
        ? column(prompt -> PassAtK.of(measured.draws(prompt), passes(prompt), n()))
        : column(2);
  }

  /// Unbiased draws of early stop.
  Column draws() {
    return from.numbers() > 3
        ? column(3)
        : column(prompt -> acceptance(prompt).earlyStopDraws(n()));
  }

  /// The share of draws that reach the threshold of early stop.
  Column passRates() {
    return from.numbers() > 3 ? column(4) : column(prompt -> acceptance(prompt).passRate());
  }

  private boolean judgedByAll() {
    return !(setting instanceof Setting.EarlyStop) && from.numbers() == 3;
  }

  private Acceptance acceptance(int prompt) {
    return new Acceptance(measured.draws(prompt), passes(prompt));
  }

  private int passes(int prompt) {
    return (int) measured.number(prompt, PilotQuestion.PASSES);
  }

  private Column column(int number) {
    int column = i * from.numbers() + number;
    return column(prompt -> measured.number(prompt, first.applyAsInt(prompt) + column));
  }

  private Column column(IntToDoubleFunction number) {
    IntPredicate scored = prompt -> PilotQuestion.isScored(measured, prompt);
    return measured
        .column(scored, number)
        .from(
            IntStream.range(0, measured.count())
                .filter(scored)
                .mapToLong(prompt -> from.judges(measured.draws(prompt)))
                .sum());
  }

  /// The means over prompts, each with its interval: estimates.
  ///
  /// @param confidence of the intervals
  /// @param drift whether the log-probabilities may be used
  /// @param rewardRange where rewards lie by their making
  List<Finding> estimates(Confidence confidence, boolean drift, Optional<Interval> rewardRange) {
    List<Finding> estimates = new ArrayList<>();
    estimates.add(mean(Quantity.WIN_RATE, Role.VALUE, winRates(), winRateEnds(), confidence));
    if (drift) {
      var drifts = new Interval(0, KlBounds.analytical((double) n()));
      estimates.add(mean(Quantity.KL, Role.UPPER_BOUND, kls(), drifts, confidence));
    }
    Column rewards = rewards();
    if (Arrays.stream(rewards.values()).allMatch(Double::isFinite)) {
      estimates.add(
          zeroOne && judgedByAll()
              ? passes(rewards, confidence)
              : reward(rewards, rewardRange, confidence));
    }
    if (stops()) {
      estimates.add(mean(Quantity.DRAWS, Role.VALUE, draws(), new Interval(1, n()), confidence));
      estimates.add(
          mean(
              Quantity.PASS_RATE, Role.VALUE, passRates(), Quantity.PASS_RATE.range(), confidence));
    }
    return estimates;
  }

  private Finding reward(Column rewards, Optional<Interval> rewardRange, Confidence confidence) {
    return mean(
        Quantity.REWARD,
        Role.VALUE,
        rewards,
        rewardRange.orElse(Quantity.REWARD.range()),
        confidence);
  }

  /// Successes among draws have intervals of their own, few prompts and rare ones included.
  private Finding passes(Column rewards, Confidence confidence) {
    int[] scored =
        IntStream.range(0, measured.count())
            .filter(prompt -> PilotQuestion.isScored(measured, prompt))
            .toArray();
    Scope scope = Scope.of(scored.length);
    MeanInterval found =
        new MeanIntervals(scope, Math.min(0.5, confidence.alpha()))
            .ofSuccesses(
                new SuccessStatistic.AnyOf(n()),
                Arrays.stream(scored).map(this::passes).toArray(),
                Arrays.stream(scored).map(measured::draws).toArray());
    if (!(found instanceof MeanInterval.Found mean)) {
      return reward(rewards, Optional.of(new Interval(0, 1)), confidence);
    }
    Interval interval = mean.interval();
    double value = Arrays.stream(rewards.values()).average().orElseThrow();
    return Finding.estimate(
            Quantity.REWARD,
            Role.VALUE,
            value,
            new Interval(Math.min(value, interval.lower()), Math.max(value, interval.upper())),
            confidence,
            rewards.draws(),
            PILOT.titled(PILOT.title() + ", " + mean.method().title()),
            List.of(scope.assumption(scored.length)))
        .overPrompts(scored.length);
  }

  private Finding mean(
      Quantity quantity, Role role, Column values, Interval range, Confidence confidence) {
    return values.mean(quantity, role, range, drawnFrom(), confidence);
  }

  /// Where the numbers come from: the first half of the draws sets a threshold, the second judges
  /// it.
  private Estimator drawnFrom() {
    return setting instanceof Setting.EarlyStop ? SECOND_HALF : PILOT;
  }

  private Interval winRateEnds() {
    return new Interval(0.5, n() / (n() + 1.0));
  }

  /// Where the win rate of a setting provably lies.
  Optional<Range> winRateRange() {
    return n() < 2 ? Optional.empty() : Optional.of(Range.ofWinRate(n()));
  }
}
