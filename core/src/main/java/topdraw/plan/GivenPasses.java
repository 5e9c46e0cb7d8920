package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topdraw.plan.PilotPlan.Step;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.MeanInterval;
import topdraw.theory.confidence.MeanIntervals;
import topdraw.theory.confidence.MoreDraws;
import topdraw.theory.confidence.PassRateBounds;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.confidence.Settling;
import topdraw.theory.confidence.SuccessStatistic;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.TwoLevelKl;

/// What rewards of 0 and 1 prove of given prompts alone. Each prompt's rate of success is bounded,
/// all at once; reward, win rate, drift and draws are functions of the rates, so that the bounds
/// hold for every `n` and both methods together and nothing is split among them.
///
/// With more than five prompts half of the chance of failing goes to blocks of draws
/// ([DrawBlocks]), which prove the mean reward at fewer draws where prompts are many.
final class GivenPasses {
  /// Beyond this no one draws for one prompt.
  private static final int MOST = 1_000_000;

  private static final int FEW = 5;
  private static final double ROUNDING = 1 + 1e-12;

  private static final Estimator RATES =
      new Estimator("pass_rates_of_given_prompts", "exact bounds on each prompt's rate");

  private static final Estimator BY_BLOCKS =
      new Estimator("blocks_fixed_sequence", "successes of blocks of draws, fixed-sequence");

  private final int[] passes;
  private final int[] draws;
  private final boolean complete;
  private final Targets targets;
  private final Confidence confidence;
  private final @Nullable DrawBlocks blocks;
  private final double[] lower;

  /// Asked only for targets of win rate or drift, with which both ends have a share of the chance.
  private final double[] upper;

  /// @param complete whether every draw has a score
  /// @param blocks of the same prompts; null where they were not measured
  GivenPasses(
      int[] passes,
      int[] draws,
      boolean complete,
      Targets targets,
      Confidence confidence,
      @Nullable DrawBlocks blocks) {
    this.passes = passes;
    this.draws = draws;
    this.complete = complete;
    this.targets = targets;
    this.confidence = confidence;
    this.blocks = passes.length > FEW ? blocks : null;
    boolean bothEnds = targets.winRate().isPresent() || targets.kl().isPresent();
    double alpha = ofRates() / (passes.length * (bothEnds ? 2.0 : 1.0));
    lower =
        IntStream.range(0, passes.length)
            .mapToDouble(j -> ReferenceIntervals.clopperPearsonLower(passes[j], draws[j], alpha))
            .toArray();
    upper =
        IntStream.range(0, passes.length)
            .mapToDouble(j -> ReferenceIntervals.clopperPearsonUpper(passes[j], draws[j], alpha))
            .toArray();
  }

  /// Blocks take the other half of the chance of failing, where they tell more.
  private double ofRates() {
    return passes.length > FEW ? confidence.alpha() / 2 : confidence.alpha();
  }

  private double mean(IntToDoubleFunction ofPrompt) {
    return IntStream.range(0, passes.length).mapToDouble(ofPrompt).average().orElseThrow();
  }

  /// A lower bound on the chance that one of `n` draws passes.
  private double reward(int n) {
    return mean(j -> atLeastOne(lower[j], n));
  }

  private static double atLeastOne(double rate, int n) {
    return new SuccessStatistic.AnyOf(n).ofRate(rate);
  }

  /// `1 - (p + (1-p)^n)/2`, least at an end of where `p` lies.
  private double winRate(int n) {
    DoubleUnaryOperator wins = p -> 1 - (p + Math.pow(1 - p, n)) / 2;
    return mean(j -> Math.min(wins.applyAsDouble(lower[j]), wins.applyAsDouble(upper[j])));
  }

  /// A draw without a score is a third level, of which the rates say nothing.
  private double kl(int n) {
    double certain = KlBounds.analytical((double) n);
    return complete && certain > targets.klCeiling() * ROUNDING
        ? Math.min(certain, mean(j -> TwoLevelKl.over(n, new Interval(lower[j], upper[j])).upper()))
        : certain;
  }

  /// An upper bound on the draws of early stop.
  private double stopDraws(int cap) {
    return mean(j -> stopped(lower[j], cap));
  }

  private double draws(int n, Method method) {
    return method == Method.EARLY_STOP ? stopDraws(n) : n;
  }

  PilotPlan.Option option(Method method) {
    int least = least();
    int largest = largest(method);
    boolean floor = targets.winRate().isPresent() || targets.reward().isPresent();
    if (least <= largest) {
      int n = floor ? least : largest;
      return new PilotPlan.Option(
          method,
          Optional.of(new Step(setting(method, n), proven(method, n))),
          neighbour(method, n - 1),
          neighbour(method, n + 1),
          guess(method),
          List.of(),
          Optional.empty());
    }
    return new PilotPlan.Option(
        method,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        guess(method),
        unmet(method, largest),
        Optional.empty());
  }

  private Optional<Step> neighbour(Method method, int n) {
    return n < 1 || n > MOST
        ? Optional.empty()
        : Optional.of(new Step(setting(method, n), estimates(method, n)));
  }

  private static Setting setting(Method method, int n) {
    return method == Method.EARLY_STOP ? new Setting.StopAt(n, 1) : new Setting.BestOfN(n);
  }

  /// The least `n` that certainly reaches the floors; beyond the most where none does.
  private int least() {
    int byRates = first(n -> reachesWinRate(n) && reachesReward(n));
    if (targets.reward().isEmpty()) {
      return byRates;
    }
    int byBlocks =
        leastByBlocks().isPresent()
            ? Math.max(leastByBlocks().getAsInt(), first(this::reachesWinRate))
            : MOST + 1;
    return Math.min(byRates, byBlocks);
  }

  private boolean reachesWinRate(int n) {
    return targets.winRate().isEmpty() || winRate(n) >= targets.winRate().getAsDouble();
  }

  private boolean reachesReward(int n) {
    return targets.reward().isEmpty() || reward(n) >= targets.reward().getAsDouble();
  }

  private int largest(Method method) {
    return first(
            n ->
                kl(n) > targets.klCeiling() * ROUNDING
                    || draws(n, method) > targets.drawsCeiling() * ROUNDING)
        - 1;
  }

  /// The first `n` from which a condition holds; beyond the most where it never does.
  private static int first(IntPredicate holds) {
    int below = 0;
    int above = MOST + 1;
    while (above - below > 1) {
      int middle = (below + above) >>> 1;
      if (holds.test(middle)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above;
  }

  /// From the largest block that could pass down, up to the first failure.
  private OptionalInt leastByBlocks() {
    double wanted = targets.reward().orElseThrow();
    double alpha = confidence.alpha() / 2;
    if (blocks == null || alpha > 0.25 || !(wanted > 0 && wanted < 1)) {
      return OptionalInt.empty();
    }
    int most =
        PassRateBounds.largestBlock(
            Arrays.stream(draws).min().orElseThrow(), passes.length, wanted, alpha);
    int size = (int) TestedSettings.steps().takeWhile(n -> n <= most).count();
    DrawBlocks measured = blocks;
    int usable =
        Math.min(size, (int) TestedSettings.steps().takeWhile(n -> n < least(draws)).count());
    int least =
        Certificate.least(
            usable,
            i -> {
              double[] bests = measured.bests(i);
              long successes = Arrays.stream(bests).filter(best -> best == 1).count();
              return PassRateBounds.meanLower(successes, bests.length, alpha) >= wanted;
            });
    return least == usable ? OptionalInt.empty() : OptionalInt.of(TestedSettings.step(least));
  }

  private static int least(int[] numbers) {
    return Arrays.stream(numbers).min().orElseThrow();
  }

  private List<Finding> proven(Method method, int n) {
    List<Finding> findings = new ArrayList<>();
    targets
        .winRate()
        .ifPresent(
            w -> findings.add(w <= 0.5 ? coinOrBetter() : ofRates(Quantity.WIN_RATE, winRate(n))));
    targets
        .reward()
        .ifPresent(
            r ->
                findings.add(
                    reward(n) >= r
                        ? ofRates(Quantity.REWARD, reward(n))
                        : certificate(Quantity.REWARD, Role.LOWER_BOUND, r, BY_BLOCKS)));
    double certain = KlBounds.analytical((double) n);
    findings.add(
        kl(n) < certain
            ? certificate(Quantity.KL, Role.UPPER_BOUND, kl(n), RATES)
            : Certificate.klOnEveryPolicy(n));
    findings.add(
        method == Method.EARLY_STOP
            ? certificate(Quantity.DRAWS, Role.UPPER_BOUND, stopDraws(n), RATES)
            : Finding.exact(Quantity.DRAWS, n, Certificate.BY_DESIGN));
    for (Finding estimate : estimates(method, n)) {
      findings.add(beside(findings, estimate));
    }
    return findings;
  }

  /// An estimate does not contradict what is proven beside it. Its interval stays as wide as it is:
  /// cut at a bound that fails as often on one side, it would hold the truth less often.
  private Finding beside(List<Finding> proven, Finding estimate) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (Finding bound : proven) {
      if (bound.quantity() == estimate.quantity() && bound.role() == Role.LOWER_BOUND) {
        low = Math.max(low, bound.value());
      } else if (bound.quantity() == estimate.quantity() && bound.role() == Role.UPPER_BOUND) {
        high = Math.min(high, bound.value());
      }
    }
    return estimate(
        estimate.quantity(),
        Math.clamp(estimate.value(), low, Math.max(low, high)),
        estimate.interval().orElseThrow(),
        estimate.source());
  }

  /// The best of several is never less likely to win than one draw.
  private static Finding coinOrBetter() {
    return Finding.theorem(
        Quantity.WIN_RATE, Role.LOWER_BOUND, 0.5, Certificate.BY_DESIGN, List.of());
  }

  private Finding ofRates(Quantity quantity, double bound) {
    return certificate(quantity, Role.LOWER_BOUND, bound, RATES);
  }

  private Finding certificate(Quantity quantity, Role role, double bound, Estimator source) {
    return Finding.certificate(
            quantity,
            role,
            bound,
            confidence,
            Arrays.stream(draws).asLongStream().sum(),
            source,
            List.of(Scope.DRAWS.assumption(passes.length)))
        .overPrompts(passes.length);
  }

  /// The rates as seen, at an `n` of any size.
  private List<Finding> estimates(Method method, int n) {
    List<Finding> estimates = new ArrayList<>();
    ends(n)
        .ifPresent(
            interval ->
                estimates.add(
                    estimate(
                        Quantity.REWARD,
                        mean(j -> atLeastOne(rate(j), n)),
                        interval,
                        MeasuredSetting.PILOT.titled("rates as seen"))));
    if (method == Method.EARLY_STOP) {
      double alpha = confidence.alpha() / (2.0 * passes.length);
      estimates.add(
          estimate(
              Quantity.DRAWS,
              mean(j -> stopped(rate(j), n)),
              new Interval(
                  mean(
                      j ->
                          stopped(
                              ReferenceIntervals.clopperPearsonUpper(passes[j], draws[j], alpha),
                              n)),
                  mean(
                      j ->
                          stopped(
                              ReferenceIntervals.clopperPearsonLower(passes[j], draws[j], alpha),
                              n))),
              MeasuredSetting.PILOT.titled("rates as seen")));
    }
    return estimates;
  }

  /// Draws until one passes; of rounding nothing is left outside of 1 to the cap.
  private static double stopped(double rate, int cap) {
    return rate == 0 ? cap : Math.clamp(atLeastOne(rate, cap) / rate, 1, cap);
  }

  private double rate(int prompt) {
    return (double) passes[prompt] / draws[prompt];
  }

  private Finding estimate(Quantity quantity, double value, Interval interval, Estimator source) {
    return Finding.estimate(
            quantity,
            Role.VALUE,
            value,
            new Interval(Math.min(value, interval.lower()), Math.max(value, interval.upper())),
            confidence,
            Arrays.stream(draws).asLongStream().sum(),
            source,
            List.of(Scope.DRAWS.assumption(passes.length)))
        .overPrompts(passes.length);
  }

  /// The least `n` at which the rates as seen reach the reward, and between which it lies.
  Optional<PilotPlan.Guess> guess(Method method) {
    if (targets.reward().isEmpty() || targets.winRate().isPresent()) {
      return Optional.empty();
    }
    double wanted = targets.reward().getAsDouble();
    int n = first(k -> mean(j -> atLeastOne(rate(j), k)) >= wanted);
    if (n > MOST) {
      return Optional.empty();
    }
    return Optional.of(
        new PilotPlan.Guess(
            new Step(setting(method, n), estimates(method, n)), Optional.of(between(wanted))));
  }

  /// The `n` at which the ends of the interval of the reward reach it; the upper one does before
  /// the rates as seen.
  private Interval between(double wanted) {
    int low = first(n -> ends(n).map(ends -> ends.upper() >= wanted).orElse(true));
    int high = first(n -> ends(n).map(ends -> ends.lower() >= wanted).orElse(false));
    return new Interval(low, high > MOST ? Double.POSITIVE_INFINITY : high);
  }

  private Optional<Interval> ends(int n) {
    MeanInterval found =
        new MeanIntervals(Scope.DRAWS, Math.min(0.5, confidence.alpha()))
            .ofSuccesses(new SuccessStatistic.AnyOf(n), passes, draws);
    return found instanceof MeanInterval.Found mean
        ? Optional.of(mean.interval())
        : Optional.empty();
  }

  /// The floors that the largest setting within the ceilings misses, at least one; every ceiling
  /// allows one draw.
  private List<Unmet> unmet(Method method, int n) {
    List<Unmet> unmet = new ArrayList<>();
    if (!reachesReward(n)) {
      double wanted = targets.reward().orElseThrow();
      double seen = mean(j -> atLeastOne(rate(j), n));
      unmet.add(
          new Unmet.Floor(
              Quantity.REWARD, wanted, seen, reward(n), setting(method, n), help(wanted, n)));
    }
    if (!reachesWinRate(n)) {
      double seen = mean(j -> 1 - (rate(j) + Math.pow(1 - rate(j), n)) / 2);
      double wanted = targets.winRate().orElseThrow();
      unmet.add(
          new Unmet.Floor(
              Quantity.WIN_RATE,
              wanted,
              seen,
              winRate(n),
              setting(method, n),
              seen >= wanted
                  ? new Unmet.Help.MoreDraws(0)
                  : new Unmet.Help.Above(OptionalDouble.empty())));
    }
    return unmet;
  }

  /// As if the prompts were alike.
  private Unmet.Help help(double wanted, int n) {
    if (wanted >= 1) {
      return new Unmet.Help.Above(OptionalDouble.empty());
    }
    Settling settling =
        MoreDraws.forPasses(
            Arrays.stream(passes).asLongStream().sum(),
            Arrays.stream(draws).asLongStream().sum(),
            wanted,
            n,
            confidence.alpha());
    return switch (settling) {
      case Settling.More(long more) -> new Unmet.Help.MoreDraws(more);
      case Settling.OutOfReach(double right) -> new Unmet.Help.Above(OptionalDouble.of(right));
      case Settling.NoSuccess(double below) -> new Unmet.Help.FirstSuccess(below);
    };
  }
}
