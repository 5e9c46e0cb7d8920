package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.estimate.Overoptimization.Axis;
import topdraw.estimate.Overoptimization.HoldOut;
import topdraw.estimate.Overoptimization.Point;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.RatioInterval;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Finds where selection by a proxy stops paying in the gold reward. Prompts are split and
/// resampled in the order of a hash of their keys, so the order of a file does not matter.
///
/// Source of the fit: Gao, Schulman and Hilton (2023), arXiv 2210.10760.
public final class GoldStudy {
  private static final int LEAST_TO_SPLIT = 4;

  /// The gold reward by n.
  public static final Estimator BAND =
      new Estimator("subsets_joint_band", "every subset of n draws; the band holds all n at once");

  private static final Estimator SUBSETS = new Estimator("subsets", "every subset of n draws");

  /// What is proven of its gain.
  public static final Estimator STATED_RANGE =
      new Estimator("betting_stated_range", "betting, the stated range");

  /// The fit against `K_n`.
  public static final Estimator FIT_ON_FORMULA = fit("gao_fit_analytical", Axis.ANALYTICAL);

  /// The fit against the estimated drift.
  public static final Estimator FIT_ON_ESTIMATE = fit("gao_fit_estimated", Axis.ESTIMATED);

  private static final Estimator RECOVERED =
      new Estimator("recovered_gain", "gain of the proxy's choice over the oracle's, Fieller");
  private static final Estimator PAIRS =
      new Estimator("pairs_within_prompts", "pairs of draws within each prompt");

  private static Estimator fit(String id, Axis axis) {
    return new Estimator(
        id,
        "least squares on the drift axis: " + axis.words() + ", percentile bootstrap over prompts");
  }

  private static final List<String> RANDOM_PROMPTS =
      List.of("the prompts are a random sample of those that matter");

  /// Measures of [GoldQuestion#curves].
  private static final int GOLD = 0;

  private static final int PROXY = 1;
  private static final int KL = 2;
  private static final int TOKENS = 3;
  private static final int ORACLE = 4;
  private static final int AGREEMENT = 5;
  private static final int BY_CHANCE = 6;
  private static final int KL_FROM_LEVELS = 7;

  /// Numbers of [GoldQuestion#PAIRS].
  private static final int ACCURACY = 0;

  private static final int TIES = 1;
  private static final int CORRELATION = 2;

  private final MeasuredPrompts measured;
  private final GoldQuestion question;
  private final long seed;
  private final Confidence confidence;
  private final MeasureGrid curves;
  private final GridNumbers numbers;

  /// The prompts that say something, in the order of their keys' hashes.
  private final int[] prompts;

  private GoldStudy(
      MeasuredPrompts measured, GoldQuestion question, long seed, Confidence confidence) {
    this.measured = measured;
    this.question = question;
    this.seed = seed;
    this.confidence = confidence;
    curves = question.curves();
    numbers = new GridNumbers(measured, curves, GoldQuestion.PAIRS);
    prompts =
        IntStream.range(0, measured.count())
            .filter(prompt -> measured.length(prompt) > 0)
            .toArray();
  }

  /// Answers the question from what was measured.
  ///
  /// @param measured the measurements of all prompts
  /// @param question one of those they were measured by
  /// @param seed how prompts are split and resampled
  /// @param confidence of intervals and certificates
  /// @return the study
  /// @throws InputException if fewer than two prompts can be used
  public static Overoptimization of(
      Measurements measured, GoldQuestion question, long seed, Confidence confidence) {
    var study = new GoldStudy(measured.of(question), question, seed, confidence);
    if (study.prompts.length < 2) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "over-optimisation needs at least two prompts whose samples all have '%s' and '%s', found %d"
              .formatted(question.proxy(), question.gold(), study.prompts.length));
    }
    return study.result();
  }

  /// Answers the question where there is enough to find something.
  ///
  /// @param measured the measurements of all prompts
  /// @param question one of those they were measured by
  /// @param seed how prompts are split and resampled
  /// @param confidence of intervals and certificates
  /// @return the study; empty for fewer than two prompts
  public static Optional<Overoptimization> possible(
      Measurements measured, GoldQuestion question, long seed, Confidence confidence) {
    var study = new GoldStudy(measured.of(question), question, seed, confidence);
    return study.prompts.length < 2 ? Optional.empty() : Optional.of(study.result());
  }

  private Overoptimization result() {
    int[] grid = curves.upTo(Arrays.stream(prompts).map(measured::draws).min().orElseThrow());
    var random = new Random(seed);
    double[][] gold = matrix(prompts, GOLD, grid.length);
    OptionalInt drift = drift();
    List<Interval> band = JointBand.of(gold, confidence, random);
    return new Overoptimization(
        question,
        seed,
        confidence,
        prompts.length,
        measured.count() - prompts.length,
        points(grid, gold, band, drift),
        new GaoFits(gold, samples(prompts), random, confidence)
            .on(
                Arrays.stream(grid).mapToDouble(KlBounds::analytical).toArray(),
                drift.isPresent()
                    ? Optional.of(matrix(prompts, drift.getAsInt(), grid.length))
                    : Optional.empty()),
        holdOut(grid, random),
        pairs());
  }

  /// The measure of drift that the audit lets stand: from log-probabilities, else from equal
  /// rewards alone, as in an analysis.
  private OptionalInt drift() {
    return IntStream.of(KL, KL_FROM_LEVELS)
        .filter(m -> curves.measures().get(m).rests().refusal(measured.verdicts()).isEmpty())
        .findFirst();
  }

  private double number(int prompt, int i, int measure) {
    return numbers.at(prompt, i, measure);
  }

  private double[][] matrix(int[] some, int measure, int length) {
    var matrix = new double[some.length][length];
    for (int j = 0; j < some.length; j++) {
      int prompt = some[j];
      Arrays.setAll(matrix[j], i -> number(prompt, i, measure));
    }
    return matrix;
  }

  private long samples(int[] some) {
    return Arrays.stream(some).mapToLong(measured::draws).sum();
  }

  private boolean lengths() {
    return Arrays.stream(prompts).noneMatch(p -> Double.isNaN(number(p, 0, TOKENS)));
  }

  private List<Point> points(int[] grid, double[][] gold, List<Interval> band, OptionalInt drift) {
    double[] mean = JointBand.mean(gold);
    boolean lengths = lengths();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      List<Finding> findings = new ArrayList<>();
      findings.add(
          Finding.estimate(
                  Quantity.GOLD_REWARD,
                  Role.VALUE,
                  mean[i],
                  band.get(i),
                  confidence,
                  samples(prompts),
                  BAND,
                  RANDOM_PROMPTS)
              .overPrompts(prompts.length));
      findings.add(mean(Quantity.PROXY_REWARD, i, PROXY));
      if (drift.isPresent()) {
        drift(drift.getAsInt(), grid[i], i).ifPresent(findings::add);
      }
      if (lengths) {
        findings.add(mean(Quantity.WINNER_TOKENS, i, TOKENS));
      }
      if (grid[i] > 1) {
        recovered(i).ifPresent(findings::add);
        findings.add(agreement(grid[i], i, AGREEMENT));
        findings.add(agreement(grid[i], i, BY_CHANCE));
      }
      points.add(new Point(grid[i], findings));
    }
    return points;
  }

  /// The share of the oracle's gain that the proxy recovers; empty where that gain is within its
  /// noise.
  private Optional<Finding> recovered(int i) {
    RatioInterval ratio =
        RatioInterval.overPrompts(
            gains(prompts, GOLD, i), gains(prompts, ORACLE, i), confidence.alpha());
    return switch (ratio) {
      case RatioInterval.Found(double value, Interval interval) ->
          Optional.of(
              Finding.estimate(
                      Quantity.RECOVERED_GAIN,
                      Role.VALUE,
                      value,
                      interval,
                      confidence,
                      samples(prompts),
                      RECOVERED,
                      RANDOM_PROMPTS)
                  .overPrompts(prompts.length));
      case RatioInterval.Constant(double value) ->
          Optional.of(
              new Finding(
                  Quantity.RECOVERED_GAIN,
                  Role.VALUE,
                  value,
                  Evidence.ESTIMATE,
                  OptionalDouble.empty(),
                  Optional.empty(),
                  OptionalLong.of(samples(prompts)),
                  OptionalLong.of(prompts.length),
                  RECOVERED,
                  List.of("no interval: it is the same in every prompt")));
      case RatioInterval.WithinNoise noise -> Optional.empty();
    };
  }

  private Finding agreement(int n, int i, int measure) {
    return means()
        .ofValues(
            curves.measures().get(measure),
            n,
            numbers(i, measure, 1 + Redrawn.WIDTH),
            new Interval(0, 1));
  }

  private MeanFindings means() {
    return new MeanFindings(confidence, Optional.empty());
  }

  private PromptNumbers numbers(int i, int measure, int width) {
    List<double[]> parts = new ArrayList<>();
    for (int part = 0; part < width; part++) {
      int at = part;
      parts.add(
          Arrays.stream(prompts)
              .mapToDouble(prompt -> numbers.at(prompt, i, measure, at))
              .toArray());
    }
    return new PromptNumbers(parts, Arrays.stream(prompts).map(measured::draws).toArray());
  }

  /// How well the proxy tells two draws of a prompt apart, over the prompts where there is
  /// something to tell.
  private List<Finding> pairs() {
    return Stream.of(
            pairs(ACCURACY, Quantity.PAIR_ACCURACY),
            pairs(TIES, Quantity.PAIR_TIES),
            pairs(CORRELATION, Quantity.RANK_CORRELATION))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Finding> pairs(int number, Quantity quantity) {
    int[] some =
        Arrays.stream(prompts)
            .filter(prompt -> !Double.isNaN(measured.number(prompt, number)))
            .toArray();
    if (some.length == 0) {
      return Optional.empty();
    }
    var numbers =
        new PromptNumbers(
            List.of(
                Arrays.stream(some)
                    .mapToDouble(prompt -> measured.number(prompt, number))
                    .toArray()),
            Arrays.stream(some).map(measured::draws).toArray());
    Interval range = quantity.range();
    return Optional.of(
        means()
            .means()
            .finding(
                quantity,
                Role.VALUE,
                PAIRS,
                numbers.mean(),
                means()
                    .intervals(Scope.PROMPTS)
                    .ofValues(
                        numbers.values(), Optional.of(new Range(range.lower(), range.upper()))),
                range,
                numbers.from()));
  }

  /// The mean drift; empty where it is withheld.
  private Optional<Finding> drift(int which, int n, int i) {
    Measure measure = curves.measures().get(which);
    PromptNumbers numbers = numbers(i, which, measure.reading().width(false));
    MeanFindings means = means();
    var possible = new Interval(0, KlBounds.analytical(n));
    return means.ofDrift(measure, n, means.drift(measure, n, numbers, possible), numbers, possible);
  }

  private Finding mean(Quantity quantity, int i, int measure) {
    return measured
        .column(prompt -> measured.length(prompt) > 0, prompt -> number(prompt, i, measure))
        .mean(quantity, Role.VALUE, quantity.range(), SUBSETS, confidence);
  }

  private Optional<HoldOut> holdOut(int[] grid, Random random) {
    if (prompts.length < LEAST_TO_SPLIT) {
      return Optional.empty();
    }
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, prompts.length).boxed().toList());
    Collections.shuffle(shuffled, random);
    int half = prompts.length / 2;
    int[] first = chosen(shuffled.subList(0, half));
    int[] second = chosen(shuffled.subList(half, prompts.length));
    double[] mean = JointBand.mean(matrix(first, GOLD, grid.length));
    int best =
        IntStream.range(0, grid.length).reduce((a, b) -> mean[b] > mean[a] ? b : a).orElseThrow();
    List<Finding> findings = new ArrayList<>();
    findings.add(gain(Quantity.GOLD_GAIN, second, GOLD, best));
    question.range().ifPresent(range -> findings.addAll(proven(second, best, range)));
    if (lengths()) {
      findings.add(gain(Quantity.LENGTH_DRIFT, second, TOKENS, best));
    }
    return Optional.of(new HoldOut(grid[best], first.length, second.length, findings));
  }

  private int[] chosen(List<Integer> ranks) {
    return ranks.stream().sorted().mapToInt(rank -> prompts[rank]).toArray();
  }

  private double[] gains(int[] judges, int measure, int best) {
    return Arrays.stream(judges)
        .mapToDouble(prompt -> number(prompt, best, measure) - number(prompt, 0, measure))
        .toArray();
  }

  private Finding gain(Quantity quantity, int[] judges, int measure, int best) {
    return new Column(gains(judges, measure, best), samples(judges))
        .mean(quantity, Role.VALUE, quantity.range(), SUBSETS, confidence);
  }

  /// Both ends of the betting interval; gains lie within a width of the range on either side of 0.
  private List<Finding> proven(int[] judges, int best, Interval range) {
    double width = range.upper() - range.lower();
    double[] scaled =
        Arrays.stream(gains(judges, GOLD, best))
            .map(gain -> Math.clamp((gain + width) / (2 * width), 0, 1))
            .toArray();
    Interval interval = Betting.interval(scaled, confidence.alpha());
    return Stream.of(Role.LOWER_BOUND, Role.UPPER_BOUND)
        .map(
            role ->
                Finding.certificate(
                        Quantity.GOLD_GAIN,
                        role,
                        2 * width * (role == Role.LOWER_BOUND ? interval.lower() : interval.upper())
                            - width,
                        confidence.ofOneEnd(),
                        samples(judges),
                        STATED_RANGE,
                        Column.OF_BETTING)
                    .overPrompts(judges.length))
        .toList();
  }
}
