package topdraw.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Bootstrap;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurement;
import topdraw.estimate.Measurements;
import topdraw.estimate.PromptMean;
import topdraw.estimate.PromptPool;
import topdraw.estimate.Protocol;
import topdraw.estimate.Questions;
import topdraw.estimate.UncutEstimates;
import topdraw.plan.Method;
import topdraw.plan.PilotQuestion;
import topdraw.plan.PilotSettings;
import topdraw.plan.Targets;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The program's intervals and certificates as plain numbers, for tests of how often they hold.
final class CoreIntervals {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private CoreIntervals() {}

  // ---- a number a prompt

  /// The interval over prompts of numbers whose range is not known.
  static Line.Ends overPrompts(double[] values, double confidence) {
    var mean = new PromptMean();
    for (int j = 0; j < values.length; j++) {
      mean.add(values[j], 1, j);
    }
    return ends(
        mean.finding(
            Quantity.REWARD, new Estimator("winner_reward", "winner"), new Confidence(confidence)));
  }

  private static Line.Ends ends(Finding finding) {
    Interval interval = finding.interval().orElseThrow();
    return new Line.Ends(interval.lower(), interval.upper());
  }

  // ---- certificates of an analysis; of each prompt whether it is of the kind that counts

  /// A prompt's only draw passes or not.
  static double passRateLower(boolean[] passes, double confidence) {
    return bound(
        passes,
        (passed, key) -> Draft.prompt(key, Draft.of("a").reward("r", passed ? 1 : 0)),
        OptionalDouble.of(1),
        0,
        "pass_rate",
        "lower_bound",
        "share passing",
        confidence);
  }

  /// Both draws of a prompt are one completion of probability 0.999999, or two of next to none.
  static double klUpper(boolean[] sure, double confidence) {
    return bound(
        sure,
        (one, key) -> Draft.prompt(key, drawn(one, "a", 1), drawn(one, "b", 2)),
        NONE,
        2,
        "kl",
        "upper_bound",
        "pool_kl_upper",
        confidence);
  }

  private static Draft drawn(boolean sure, String other, double reward) {
    return sure
        ? Draft.of("a").reward("r", 1).logP(Math.log(0.999999), Draft.EXACT)
        : Draft.of(other).reward("r", reward).logP(-200, Draft.EXACT);
  }

  /// Of 34 draws of a prompt all rewards are equal, or none.
  static double levelsUpper(boolean[] flat, double confidence) {
    return bound(
        flat, CoreIntervals::leveled, NONE, 2, "kl", "upper_bound", "pool_kl, levels", confidence);
  }

  static double levelsLower(boolean[] flat, double confidence) {
    return bound(
        flat, CoreIntervals::leveled, NONE, 2, "kl", "lower_bound", "pool_kl, levels", confidence);
  }

  private static PromptDraws leveled(boolean flat, String key) {
    return Draft.prompt(
        key,
        IntStream.range(0, 34)
            .mapToObj(i -> Draft.of("y" + i).reward("r", flat ? 0 : i))
            .toArray(Draft[]::new));
  }

  @FunctionalInterface
  private interface Kind {
    PromptDraws prompt(boolean counts, String key);
  }

  /// A prompt is measured once, whatever the others are.
  private record Measured(String estimator, boolean counts, int position) {}

  private static final Map<Measured, Measurement> MEASURED = new HashMap<>();

  /// A bound that an analysis at one n tells; where it tells none, what holds anyway.
  private static double bound(
      boolean[] kinds,
      Kind kind,
      OptionalDouble threshold,
      int n,
      String quantity,
      String role,
      String estimator,
      double confidence) {
    var question =
        new AnalysisQuestion(
            "r", Optional.empty(), threshold, List.of(Math.max(1, n)), Protocol.SUBSETS);
    Questions questions = Questions.of(question);
    var prompts = new Measurements(questions);
    for (int j = 0; j < kinds.length; j++) {
      prompts.add(
          MEASURED.computeIfAbsent(
              new Measured(estimator, kinds[j], j),
              of ->
                  questions.measure(kind.prompt(of.counts(), "q" + of.position()), of.position())));
    }
    return CoreFindings.analysis(prompts, question, confidence).findings().stream()
        .filter(f -> f.n() == n && f.quantity().equals(quantity) && f.role().equals(role))
        .filter(f -> f.estimator().equals("betting: " + estimator))
        .mapToDouble(Line::value)
        .findFirst()
        .orElse(role.equals("lower_bound") ? 0 : Double.POSITIVE_INFINITY);
  }

  // ---- certificates of a plan

  /// The lower bound on the mean reward of a certified plan; all draws of a prompt have one reward,
  /// which is told doubled, in `[0, 2]`: rewards of 0 and 1 have plans of their own.
  ///
  /// @param stated whether the range is
  /// @param shares how many bounds share the chance of failing: 1, 2 or 4
  static OptionalDouble rewardLower(
      double[] rewards, boolean stated, double confidence, int shares) {
    // Of four draws the drift may be more, so draws must prove that it is not.
    var targets =
        new Targets(
            NONE,
            OptionalDouble.of(stated ? 0 : -1e6),
            shares > 1 ? OptionalDouble.of(0.5) : NONE,
            NONE);
    Set<Method> methods =
        shares > 2 ? Set.of(Method.BEST_OF_N, Method.EARLY_STOP) : Set.of(Method.BEST_OF_N);
    Optional<Interval> range = stated ? Optional.of(new Interval(0, 2)) : Optional.empty();
    Draft[][] drafts = new Draft[rewards.length][shares > 1 ? 5 : 2];
    for (int j = 0; j < rewards.length; j++) {
      double reward = 2 * rewards[j];
      Arrays.setAll(drafts[j], i -> Draft.of("y" + i).reward("r", reward));
    }
    List<PromptDraws> prompts =
        IntStream.range(0, rewards.length).mapToObj(j -> Draft.prompt("q" + j, drafts[j])).toList();
    return CorePlans.pilot(
            prompts,
            new PilotSettings(
                new PilotQuestion("r", methods, range), targets, new Confidence(confidence)))
        .findings()
        .stream()
        .filter(f -> f.part().equals("best-of-n, certified") && f.role().equals("lower_bound"))
        .mapToDouble(line -> line.value() / 2)
        .findFirst();
  }

  // ---- one prompt's draws

  /// Win rate, eq. (25) and d* of a pool, in this order, with intervals.
  static List<Line> ofPool(int[] outcomes, double[] p, int n, double confidence) {
    return UncutEstimates.of(
            PromptPool.of(
                "r",
                outcomes,
                Arrays.stream(outcomes).asDoubleStream().toArray(),
                Arrays.stream(outcomes).mapToDouble(o -> Math.log(p[o])).toArray()),
            n,
            new Confidence(confidence))
        .stream()
        .map(f -> CoreFindings.line(n, f))
        .toList();
  }

  // ---- gold

  /// The lower bound on the gain in gold reward, where on every prompt the winner of 16 draws has a
  /// gold reward of 1 and the others have none.
  static double goldGainLower(int prompts, long seed, double confidence) {
    var question = new GoldQuestion("r", "gold", Optional.of(new Interval(0, 1)));
    List<PromptDraws> studied = new ArrayList<>();
    for (int j = 0; j < prompts; j++) {
      Draft[] drafts = new Draft[16];
      Arrays.setAll(drafts, i -> Draft.of("y" + i).reward("r", i).reward("gold", i == 15 ? 1 : 0));
      studied.add(Draft.prompt("q" + j, drafts));
    }
    return GoldStudy.of(
            Questions.of(question).measure(studied::forEach, Runnable::run, 0),
            question,
            seed,
            new Confidence(confidence))
        .holdOut()
        .orElseThrow()
        .findings()
        .stream()
        .filter(f -> f.role() == Role.LOWER_BOUND)
        .mapToDouble(Finding::value)
        .findFirst()
        .orElseThrow();
  }

  // ---- bootstrap

  /// Ends of intervals from resamples of one set of values.
  record Resampled(Bootstrap bootstrap) {
    Line.Ends percentile(double alpha) {
      return ends(bootstrap.percentile(alpha));
    }

    Optional<Line.Ends> bca(double alpha) {
      return bootstrap.bca(alpha).map(Resampled::ends);
    }

    private static Line.Ends ends(Interval interval) {
      return new Line.Ends(interval.lower(), interval.upper());
    }
  }

  static Resampled resampled(double[] values, int resamples, long seed) {
    return new Resampled(Bootstrap.of(values, resamples, new Random(seed)));
  }
}
