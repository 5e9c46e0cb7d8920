package topdraw.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Interval;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.KlAnswer;
import topdraw.theory.pool.KlFromLevels;
import topdraw.theory.pool.KlFromProbabilities;
import topdraw.theory.pool.KlMean;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.PromptKl;

/// Estimates of the KL divergence of best-of-n, and of early stop, from pools whose law is known:
/// their bias, and how often their intervals hold the truth.
///
/// The intervals are those of [KlMean], not yet cut to the theorems beside them. The same pools
/// serve every number of prompts, in groups that share none.
///
/// @param trials groups of the largest number of prompts at the fewest draws, and fewer at more,
///   which take longer; of smaller numbers up to ten times as many
/// @param alpha the chance of missing that the intervals are made for
/// @param seed the same seed gives the same cells
record DriftCoverage(int trials, double alpha, long seed) {
  static final String STUDY = "drift";
  static final List<Integer> PROMPTS = List.of(1, 20, 200);
  static final List<Integer> DRAWS = List.of(16, 64, 256);

  private static final int MORE_OF_FEW = 10;
  private static final int FEW_OUTCOMES = 11;
  private static final int FEWEST = 4;

  /// One prompt's completions.
  ///
  /// @param name what is hard about it
  /// @param probabilities one per completion
  /// @param rewards one per completion
  /// @param threshold the reward that ends early stop
  record Table(String name, double[] probabilities, double[] rewards, double threshold) {
    private double truth(Source source, int n) {
      OutcomeTable table =
          OutcomeTable.of(Arrays.stream(probabilities).map(Math::log).toArray(), rewards);
      return Law.of(
              source.stops ? new Selection.EarlyStop(n, threshold) : new Selection.BestOfN(n),
              table)
          .kl();
    }

    private int[] draw(SplittableRandom random, int count) {
      var upTo = new double[probabilities.length];
      double sum = 0;
      for (int i = 0; i < upTo.length; i++) {
        sum += probabilities[i];
        upTo[i] = sum;
      }
      double all = sum;
      return IntStream.range(0, count)
          .map(
              _ -> {
                int at = Arrays.binarySearch(upTo, random.nextDouble() * all);
                return Math.min(at < 0 ? -at - 1 : at + 1, upTo.length - 1);
              })
          .toArray();
    }
  }

  /// What an estimate is made from, and of which method.
  enum Source {
    LOG_P("log p", false),
    EQUAL_REWARDS("equal rewards", false),
    STOP_LOG_P("early stop, log p", true),
    STOP_EQUAL_REWARDS("early stop, equal rewards", true);

    private final String words;
    private final boolean stops;

    Source(String words, boolean stops) {
      this.words = words;
      this.stops = stops;
    }

    /// What one pool says, by n.
    private IntFunction<PromptKl> of(Pool pool) {
      if (this == LOG_P || this == STOP_LOG_P) {
        KlFromProbabilities known = pool.klFromProbabilities();
        return n -> PromptKl.of(known, n);
      }
      KlFromLevels counted = pool.klFromLevels();
      return n -> PromptKl.of(counted, n);
    }
  }

  /// Few outcomes and many, heavy and thin ones, with and without ties.
  static List<Table> tables() {
    return List.of(
        table("2 outcomes, best 0.3", new double[] {0.7, 0.3}, 1, 1),
        table("2 outcomes, best 0.01", new double[] {0.99, 0.01}, 1, 1),
        table("2 outcomes, best 0.9", new double[] {0.1, 0.9}, 1, 1),
        table("5 outcomes", new double[] {0.3, 0.25, 0.2, 0.15, 0.1}, 1, 3),
        table("5 outcomes, 3 levels", new double[] {0.1, 0.3, 0.2, 0.3, 0.1}, 2, 2),
        table("11 outcomes, 4 levels", uniform(11), 3, 2),
        table("11 outcomes, thin best", thinBest(11), 1, 9),
        table("1000 outcomes", uniform(1000), 1, 800),
        table("1000 outcomes, 20 levels", uniform(1000), 50, 16),
        table("1000 outcomes, one of 0.5", heavy(1000, 500), 1, 800),
        table("1000 outcomes, best of 0.1", heavyBest(1000), 1, 999),
        table("1000 outcomes, Zipf, 8 levels", zipf(1000), 125, 6));
  }

  /// @param tied how many outcomes of neighbouring indices have the same reward
  private static Table table(String name, double[] probabilities, int tied, double threshold) {
    return new Table(
        name,
        probabilities,
        IntStream.range(0, probabilities.length).map(i -> i / tied).asDoubleStream().toArray(),
        threshold);
  }

  private static double[] uniform(int size) {
    var p = new double[size];
    Arrays.fill(p, 1.0 / size);
    return p;
  }

  private static double[] thinBest(int size) {
    var p = new double[size];
    Arrays.fill(p, 0.98 / (size - 2));
    p[size - 1] = 0.005;
    p[size - 2] = 0.015;
    return p;
  }

  private static double[] heavy(int size, int at) {
    var p = new double[size];
    Arrays.fill(p, 0.5 / (size - 1));
    p[at] = 0.5;
    return p;
  }

  private static double[] heavyBest(int size) {
    var p = new double[size];
    Arrays.fill(p, 0.9 / (size - 1));
    p[size - 1] = 0.1;
    return p;
  }

  /// The heaviest spread over the levels.
  private static double[] zipf(int size) {
    var p = new double[size];
    double sum = IntStream.rangeClosed(1, size).mapToDouble(i -> 1.0 / i).sum();
    for (int i = 0; i < size; i++) {
      p[i * 377 % size] = 1 / (i + 1.0) / sum;
    }
    return p;
  }

  /// The parts of the study: each table at each number of draws, and prompts of all tables mixed.
  List<CoveragePart> parts() {
    List<CoveragePart> parts = new ArrayList<>();
    for (int draws : DRAWS) {
      for (Table table : tables()) {
        parts.add(part(table.name(), List.of(table), draws));
      }
      parts.add(part("these tables mixed", tables(), draws));
    }
    return parts;
  }

  private CoveragePart part(String name, List<Table> kinds, int draws) {
    return new CoveragePart(STUDY, name, draws, () -> cells(name, kinds, draws));
  }

  private static List<Integer> ns(int draws) {
    return List.of(2, draws / 4, draws / 2, draws);
  }

  /// A prompt's kind, and its estimates by source and n.
  private record Drawn(int kind, Map<Source, List<PromptKl>> estimates) {}

  private List<CoverageCell> cells(String name, List<Table> kinds, int draws) {
    List<Drawn> drawn = pools(name, kinds, draws);
    List<Integer> ns = ns(draws);
    return Arrays.stream(Source.values())
        .parallel()
        .flatMap(
            source ->
                IntStream.range(0, ns.size())
                    .boxed()
                    .flatMap(
                        i -> {
                          int n = ns.get(i);
                          double[] truths =
                              kinds.stream().mapToDouble(kind -> kind.truth(source, n)).toArray();
                          return PROMPTS.stream()
                              .map(
                                  prompts ->
                                      tally(drawn, source, i, n, truths, prompts)
                                          .cell(
                                              STUDY,
                                              name,
                                              prompts,
                                              draws,
                                              source.words + ", n = " + n));
                        }))
        .toList();
  }

  private List<Drawn> pools(String name, List<Table> kinds, int draws) {
    Map<List<Integer>, Map<Source, List<PromptKl>>> known = new ConcurrentHashMap<>();
    long salt = 31 * (31 * seed + name.hashCode()) + draws;
    int groups = Math.max(FEWEST, trials * DRAWS.getFirst() * DRAWS.getFirst() / (draws * draws));
    return IntStream.range(0, groups * PROMPTS.getLast())
        .parallel()
        .mapToObj(
            j -> {
              var random = new SplittableRandom(31 * salt + j);
              int kind = random.nextInt(kinds.size());
              Table table = kinds.get(kind);
              int[] outcomes = table.draw(random, draws);
              Map<Source, List<PromptKl>> estimates =
                  table.rewards().length <= FEW_OUTCOMES
                      ? known.computeIfAbsent(
                          counts(kind, outcomes), _ -> estimates(table, outcomes))
                      : estimates(table, outcomes);
              return new Drawn(kind, estimates);
            })
        .toList();
  }

  private static List<Integer> counts(int kind, int[] outcomes) {
    var counts = new int[FEW_OUTCOMES + 1];
    counts[FEW_OUTCOMES] = kind;
    Arrays.stream(outcomes).forEach(outcome -> counts[outcome]++);
    return Arrays.stream(counts).boxed().collect(Collectors.toList());
  }

  private static Map<Source, List<PromptKl>> estimates(Table table, int[] outcomes) {
    double[] rewards = Arrays.stream(outcomes).mapToDouble(i -> table.rewards()[i]).toArray();
    double[] logP =
        Arrays.stream(outcomes).mapToDouble(i -> Math.log(table.probabilities()[i])).toArray();
    Pool best = Pool.of(outcomes, rewards, logP);
    Pool stop = best.clippedAt(table.threshold());
    Map<Source, List<PromptKl>> estimates = new EnumMap<>(Source.class);
    for (Source source : Source.values()) {
      IntFunction<PromptKl> estimate = source.of(source.stops ? stop : best);
      estimates.put(source, ns(outcomes.length).stream().map(estimate::apply).toList());
    }
    return estimates;
  }

  private CoverageTally tally(
      List<Drawn> drawn, Source source, int at, int n, double[] truths, int prompts) {
    boolean counted = source == Source.EQUAL_REWARDS || source == Source.STOP_EQUAL_REWARDS;
    var mean = new KlMean(n, counted, Double.POSITIVE_INFINITY, alpha);
    Scope scope = Scope.of(prompts);
    double ofAll = Arrays.stream(truths).average().orElseThrow();
    int groups =
        Math.min(
            drawn.size() / prompts, prompts == PROMPTS.getLast() ? trials : MORE_OF_FEW * trials);
    var tally = new CoverageTally();
    for (int g = 0; g < groups; g++) {
      List<Drawn> group = drawn.subList(g * prompts, (g + 1) * prompts);
      double truth =
          scope == Scope.PROMPTS
              ? ofAll
              : group.stream().mapToDouble(one -> truths[one.kind()]).average().orElseThrow();
      List<PromptKl> said =
          group.stream()
              .map(one -> Objects.requireNonNull(one.estimates().get(source)).get(at))
              .toList();
      switch (mean.of(said, scope)) {
        case KlAnswer.Exact(double value) -> tally.add(value, new Interval(value, value), truth);
        case KlAnswer.Estimated found -> tally.add(found.value(), found.interval(), truth);
        case KlAnswer.Withheld _ -> tally.addWithheld();
      }
    }
    return tally;
  }
}
