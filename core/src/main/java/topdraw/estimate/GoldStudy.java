package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.audit.Audit;
import topdraw.audit.Verdict;
import topdraw.audit.Withholds;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Overoptimization.HoldOut;
import topdraw.estimate.Overoptimization.Point;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Pool;

/// Takes the samples prompt by prompt and finds where selection by a proxy stops paying in the gold
/// reward. It holds a few numbers per prompt and n, never the samples.
///
/// Source of the fit: Gao, Schulman and Hilton (2023), arXiv 2210.10760.
public final class GoldStudy {
  private static final int LEAST_TO_SPLIT = 4;
  private static final List<String> RANDOM_PROMPTS =
      List.of("the prompts are a random sample of those that matter");

  private final GoldSettings settings;
  private final Audit audit;
  private final List<Curves> prompts = new ArrayList<>();
  private long leftOut;

  /// One prompt's numbers by n.
  private record Curves(
      long size, double[] gold, double[] proxy, double[] kl, Optional<double[]> tokens) {}

  /// A study that has seen nothing yet.
  ///
  /// @param settings what is asked
  public GoldStudy(GoldSettings settings) {
    this.settings = settings;
    audit = new Audit(List.of(settings.proxy(), settings.gold()));
  }

  /// Adds the samples of one prompt; one that lacks a gold reward or a proxy is left out whole.
  ///
  /// @param prompt its samples
  /// @throws InputException if a gold reward is outside the stated range
  public void add(PromptDraws prompt) {
    audit.look(prompt);
    double[] gold = prompt.ranks(settings.gold());
    double[] proxy = prompt.ranks(settings.proxy());
    if (gold.length < 2 || !finite(gold) || !finite(proxy)) {
      leftOut++;
      return;
    }
    settings.range().ifPresent(range -> check(gold, range, prompt.key()));
    Pool pool = prompt.pool(settings.proxy(), true);
    double[] tokens =
        prompt.draws().stream().mapToDouble(d -> d.length().orElse(Double.NaN)).toArray();
    int[] grid = grid(gold.length).toArray();
    prompts.add(
        new Curves(
            gold.length,
            Arrays.stream(grid).mapToDouble(n -> pool.mean(gold, n)).toArray(),
            Arrays.stream(grid).mapToDouble(pool::reward).toArray(),
            Arrays.stream(grid).mapToDouble(pool::kl).toArray(),
            finite(tokens)
                ? Optional.of(Arrays.stream(grid).mapToDouble(n -> pool.mean(tokens, n)).toArray())
                : Optional.empty()));
  }

  private static boolean finite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private static void check(double[] gold, Interval range, String key) {
    for (double value : gold) {
      if (!(value >= range.lower() && value <= range.upper())) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            "prompt '%s' has the gold reward %s, outside the stated range [%s, %s]"
                .formatted(key, value, range.lower(), range.upper()));
      }
    }
  }

  /// 1, 2, 3, 4, 6, 8, 12, … up to a size.
  private static IntStream grid(int size) {
    return IntStream.iterate(1, n -> n <= size, n -> 2 * n)
        .flatMap(n -> n < 2 ? IntStream.of(n) : IntStream.of(n, n + n / 2))
        .filter(n -> n <= size);
  }

  /// What was found.
  ///
  /// @return the study of all prompts added so far
  /// @throws InputException if fewer than two prompts can be used
  public Overoptimization result() {
    if (prompts.size() < 2) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "over-optimisation needs at least two prompts whose samples all have '%s' and '%s', found %d"
              .formatted(settings.proxy(), settings.gold(), prompts.size()));
    }
    int[] grid = grid((int) prompts.stream().mapToLong(Curves::size).min().orElseThrow()).toArray();
    var random = new Random(settings.seed());
    double[][] gold = matrix(prompts, Curves::gold, grid.length);
    List<Verdict> verdicts = audit.verdicts();
    boolean drift =
        Audit.refusal(verdicts, Withholds.LOG_PROBABILITIES)
            .or(() -> Audit.refusal(verdicts, Withholds.INDEPENDENCE))
            .isEmpty();
    List<Interval> band = JointBand.of(gold, PromptPool.CONFIDENCE, random);
    return new Overoptimization(
        settings,
        prompts.size(),
        leftOut,
        points(grid, gold, band, drift),
        new GaoFits(gold, samples(prompts), random)
            .on(
                Arrays.stream(grid).mapToDouble(KlBounds::analytical).toArray(),
                drift ? Optional.of(matrix(prompts, Curves::kl, grid.length)) : Optional.empty()),
        holdOut(grid, random));
  }

  /// What was found, where there is enough to find something.
  ///
  /// @return the study; empty for fewer than two prompts
  public Optional<Overoptimization> possibleResult() {
    return prompts.size() < 2 ? Optional.empty() : Optional.of(result());
  }

  private static double[][] matrix(
      List<Curves> prompts, Function<Curves, double[]> of, int length) {
    return prompts.stream().map(p -> Arrays.copyOf(of.apply(p), length)).toArray(double[][]::new);
  }

  private static long samples(List<Curves> prompts) {
    return prompts.stream().mapToLong(Curves::size).sum();
  }

  private List<Point> points(int[] grid, double[][] gold, List<Interval> band, boolean drift) {
    double[] mean = JointBand.mean(gold);
    boolean lengths = prompts.stream().allMatch(p -> p.tokens().isPresent());
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      int at = i;
      List<Finding> findings = new ArrayList<>();
      findings.add(
          Finding.estimate(
              "gold_reward",
              Role.VALUE,
              mean[i],
              "reward",
              band.get(i),
              PromptPool.CONFIDENCE,
              samples(prompts),
              "every subset of n draws; the band holds all n at once",
              RANDOM_PROMPTS));
      findings.add(mean("proxy_reward", "reward", prompts, p -> p.proxy()[at]));
      if (drift) {
        findings.add(mean("kl", "nats", prompts, p -> p.kl()[at]));
      }
      if (lengths) {
        findings.add(mean("winner_tokens", "tokens", prompts, p -> p.tokens().orElseThrow()[at]));
      }
      points.add(new Point(grid[i], findings));
    }
    return points;
  }

  private static Finding mean(
      String quantity, String unit, List<Curves> prompts, Function<Curves, Double> value) {
    var mean = new PromptMean();
    prompts.forEach(p -> mean.add(value.apply(p), p.size()));
    Interval all = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    return mean.finding(quantity, Role.VALUE, unit, all, "every subset of n draws");
  }

  private Optional<HoldOut> holdOut(int[] grid, Random random) {
    if (prompts.size() < LEAST_TO_SPLIT) {
      return Optional.empty();
    }
    List<Curves> shuffled = new ArrayList<>(prompts);
    Collections.shuffle(shuffled, random);
    List<Curves> first = shuffled.subList(0, shuffled.size() / 2);
    List<Curves> second = shuffled.subList(shuffled.size() / 2, shuffled.size());
    double[] mean = JointBand.mean(matrix(first, Curves::gold, grid.length));
    int best =
        IntStream.range(0, grid.length).reduce((a, b) -> mean[b] > mean[a] ? b : a).orElseThrow();
    List<Finding> findings = new ArrayList<>();
    findings.add(mean("gold_gain", "reward", second, p -> p.gold()[best] - p.gold()[0]));
    settings.range().ifPresent(range -> findings.addAll(proven(second, best, range)));
    if (prompts.stream().allMatch(p -> p.tokens().isPresent())) {
      findings.add(
          mean(
              "length_drift",
              "tokens",
              second,
              p -> p.tokens().orElseThrow()[best] - p.tokens().orElseThrow()[0]));
    }
    return Optional.of(new HoldOut(grid[best], first.size(), second.size(), findings));
  }

  /// Both ends of the betting interval; gains lie within a width of the range on either side of 0.
  private static List<Finding> proven(List<Curves> judges, int best, Interval range) {
    double width = range.upper() - range.lower();
    double[] scaled =
        judges.stream()
            .mapToDouble(p -> (p.gold()[best] - p.gold()[0] + width) / (2 * width))
            .map(x -> Math.clamp(x, 0, 1))
            .toArray();
    Interval interval = Betting.interval(scaled, 1 - PromptPool.CONFIDENCE);
    double confidence = 1 - (1 - PromptPool.CONFIDENCE) / 2;
    return Stream.of(Role.LOWER_BOUND, Role.UPPER_BOUND)
        .map(
            role ->
                new Finding(
                    "gold_gain",
                    role,
                    2 * width * (role == Role.LOWER_BOUND ? interval.lower() : interval.upper())
                        - width,
                    "reward",
                    Evidence.THEOREM,
                    OptionalDouble.of(confidence),
                    Optional.empty(),
                    OptionalLong.of(samples(judges)),
                    "betting, the stated range",
                    List.of("the prompts are drawn independently from those that matter")))
        .toList();
  }
}
