package topdraw.advice;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.estimate.Column;
import topdraw.theory.confidence.HeldOutGain;
import topdraw.theory.confidence.Range;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.PoissonGold;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.ProxyTail;
import topdraw.theory.pool.SoftGold;

/// How hard to choose by a proxy: of best-of-n, soft best-of-n and best-of-Poisson the setting with
/// the highest mean gold reward on one half of the prompts, and what it gains over plain best-of-n
/// on the other half, which had no part in the choice. Then the halves change places, as a second
/// opinion; the two are never put together.
final class Guard {
  private static final double[] TEMPERATURES = {0.125, 0.25, 0.5, 1, 2, 4};
  private static final int FEWEST = 4;

  private static final Estimator HELD_OUT =
      new Estimator("held_out", "chosen on one half of the prompts, judged on the other");
  private static final Estimator PROVEN =
      new Estimator("held_out_betting", "betting on the half that did not choose");
  private static final Estimator TAIL =
      new Estimator("slope_of_top_tenth", "least squares in each prompt's highest-scored tenth");
  private static final Estimator HILL =
      new Estimator("hill_index", "Hill's index of the highest tenth, less each prompt's median");

  /// A way of choosing.
  ///
  /// @param name its name
  /// @param at its numbers
  /// @param gold the mean gold reward that it gives a prompt; the number seeds what is random
  private record Way(
      String name, SequencedMap<String, Double> at, ToDoubleBiFunction<Scored, Integer> gold) {
    /// Prompts are looked at side by side; none depends on another.
    double[] of(List<Scored> prompts) {
      return IntStream.range(0, prompts.size())
          .parallel()
          .mapToDouble(j -> gold.applyAsDouble(prompts.get(j), j))
          .toArray();
    }
  }

  private final ScoredPrompts scores;

  /// As many draws of each prompt as all have.
  private final int draws;

  private Guard(ScoredPrompts scores) {
    this.scores = scores;
    draws = scores.draws();
  }

  /// The choice and what it gains.
  ///
  /// @param scores the prompts, with gold
  /// @return the advice
  static Advice of(ScoredPrompts scores) {
    if (scores.refusal().isPresent()) {
      return Advice.refused(Subject.GUARD, scores.refusal().get());
    }
    boolean finite =
        scores.prompts().stream()
            .allMatch(one -> Arrays.stream(one.rewards()).allMatch(Double::isFinite));
    if (scores.count() < FEWEST || scores.draws() < 2 || !scores.goldIsKnown() || !finite) {
      return Advice.refused(
          Subject.GUARD,
          "a guard needs at least four prompts whose draws, two or more, all have both rewards");
    }
    return new Guard(scores).advice();
  }

  private Advice advice() {
    List<Advice.Row> rows = new ArrayList<>();
    for (int chooses = 0; chooses < 2; chooses++) {
      rows.add(held(chooses));
    }
    List<Finding> tail = scores.binary() ? List.of() : tail();
    if (!tail.isEmpty()) {
      rows.add(new Advice.Row(Optional.of("highest scores"), Numbers.of(), tail));
    }
    return new Advice(Subject.GUARD, rows, List.of());
  }

  /// A half chooses, the other judges.
  private Advice.Row held(int chooses) {
    List<Scored> judges = scores.half(1 - chooses);
    List<Way> ways = ways(spread(scores.half(chooses)));
    int best =
        HeldOutGain.best(
            ways.stream().map(way -> way.of(scores.half(chooses))).toArray(double[][]::new));
    Way chosen = ways.get(best);
    double[] given = chosen.of(judges);
    double[] plain = bestOf(draws).of(judges);
    double[] one = bestOf(1).of(judges);
    List<Finding> findings = new ArrayList<>();
    if (!Arrays.equals(given, plain)) { // else it is plain best-of-n that was chosen
      findings.addAll(gain(Quantity.GOLD_OVER_PLAIN, given, plain, judges));
    }
    findings.addAll(gain(Quantity.GOLD_GAIN, given, one, judges));
    SequencedMap<String, Double> at = new LinkedHashMap<>(chosen.at);
    at.putFirst("half", chooses + 1.0);
    return new Advice.Row(Optional.of(chosen.name), at, findings);
  }

  /// @param scale the unit of temperatures
  private List<Way> ways(double scale) {
    List<Way> ways = new ArrayList<>();
    Stream.concat(Grid.upTo(List.of(), draws).stream(), Stream.of(draws))
        .distinct()
        .forEach(n -> ways.add(bestOf(n)));
    for (double share : scale > 0 ? TEMPERATURES : new double[0]) {
      double temperature = share * scale;
      ways.add(
          new Way(
              "soft best-of-n",
              Numbers.of(entry("n", (double) draws), entry("temperature", temperature)),
              (one, seed) -> soft(one, temperature, seed)));
    }
    for (int mu = 1; mu < draws && fits(mu); mu *= 2) {
      int rate = mu;
      ways.add(
          new Way(
              "best-of-Poisson",
              Numbers.of(entry("mu", (double) rate)),
              (one, seed) -> PoissonGold.of(rate, golds(one))));
    }
    return ways;
  }

  private Way bestOf(int n) {
    return new Way(
        "best-of-n", Numbers.of(entry("n", (double) n)), (one, seed) -> gold(one.first(draws), n));
  }

  private static double gold(Scored one, int n) {
    return Pool.ofRewards(one.rewards()).mean(one.gold(), n);
  }

  private double[] golds(Scored one) {
    Scored cut = one.first(draws);
    Pool pool = Pool.ofRewards(cut.rewards());
    return IntStream.rangeClosed(1, draws).mapToDouble(n -> pool.mean(cut.gold(), n)).toArray();
  }

  private double soft(Scored one, double temperature, int seed) {
    Scored cut = one.first(draws);
    return new SoftGold(cut.rewards(), cut.gold(), draws, seed).at(temperature).value();
  }

  /// Whether hardly ever more is drawn than was recorded.
  private boolean fits(int mu) {
    double chance = Math.exp(-mu);
    double left = 1;
    for (int k = 0; k < draws; k++) {
      left -= chance;
      chance *= mu / (k + 1.0);
    }
    return left < 1e-3;
  }

  /// The mean standard deviation of the proxy within prompts.
  private double spread(List<Scored> prompts) {
    return prompts.stream()
        .mapToDouble(
            one -> {
              double mean = Arrays.stream(one.rewards()).average().orElseThrow();
              double squares = Arrays.stream(one.rewards()).map(r -> (r - mean) * (r - mean)).sum();
              return Math.sqrt(squares / one.draws());
            })
        .average()
        .orElseThrow();
  }

  private List<Finding> gain(
      Quantity quantity, double[] chosen, double[] other, List<Scored> judges) {
    double[] differences =
        IntStream.range(0, chosen.length).mapToDouble(j -> chosen[j] - other[j]).toArray();
    long samples = judges.stream().mapToLong(Scored::draws).sum();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Column(differences, samples)
            .mean(quantity, Role.VALUE, quantity.range(), HELD_OUT, scores.confidence()));
    double alpha = scores.confidence().alpha();
    if (scores.goldIsBinary() && alpha <= 0.25 && differences.length > 1) {
      HeldOutGain proven = HeldOutGain.of(differences, Optional.of(new Range(-1, 1)), alpha);
      if (proven.shown()) {
        findings.add(
            Finding.certificate(
                    quantity,
                    Role.LOWER_BOUND,
                    proven.lower(),
                    scores.confidence(),
                    samples,
                    PROVEN,
                    Column.OF_BETTING)
                .overPrompts(differences.length));
      }
    }
    return findings;
  }

  private List<Finding> tail() {
    double[] slopes =
        scores.prompts().stream()
            .map(one -> ProxyTail.slope(one.rewards(), one.gold()))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    List<Finding> findings = new ArrayList<>();
    if (slopes.length > 0) {
      findings.add(scores.mean(Quantity.TAIL_SLOPE, slopes, Quantity.TAIL_SLOPE.range(), TAIL));
    }
    OptionalDouble index =
        ProxyTail.hillIndex(scores.prompts().stream().map(Scored::rewards).toList());
    if (index.isPresent() && Double.isFinite(index.getAsDouble())) {
      findings.add(hill(index.getAsDouble()));
    }
    return findings;
  }

  private Finding hill(double index) {
    return new Finding(
        Quantity.TAIL_INDEX,
        Role.VALUE,
        index,
        Evidence.ESTIMATE,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(scores.samples()),
        OptionalLong.of(scores.count()),
        HILL,
        List.of("no interval: below 3 the scores have a heavy tail"));
  }
}
