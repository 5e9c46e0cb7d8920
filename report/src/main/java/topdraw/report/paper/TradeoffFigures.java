package topdraw.report.paper;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.Tradeoff;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OptimalFrontier;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TiltedPolicy;

/// The paper's Figures 6 to 9: win rate against KL divergence, and policies as points of a simplex.
public final class TradeoffFigures {
  private static final int POINTS = 160;
  private static final String LIMIT = "low-probability limit";
  private static final String KL = "KL divergence, nats";

  /// Example 2. Chosen: the paper's text has lost its probabilities.
  private static final OutcomeTable THREE = OutcomeTable.ofProbabilities(0.5, 0.3, 0.2);

  private TradeoffFigures() {}

  /// Figure 6: Example 1, by the exact KL divergence and by the textbook's.
  ///
  /// @return the figure
  public static Figure coin() {
    OutcomeTable coin = OutcomeTable.ofProbabilities(0.5, 0.5);
    double[] n = spread(1, 64);
    double[] winRate = at(n, k -> law(coin, k).winRate());
    return new Figure(
        "figure-6",
        "Figure 6. Win rate against KL divergence: a fair coin",
        "Best-of-n on a fair coin (Example 1) ends at (log 2, 3/4). By the textbook formula for the KL"
            + " divergence it looks far worse than it is. Above: what no policy can exceed (T5), and"
            + " best-of-n where every outcome is unlikely, which Conjecture 7.2 takes for a bound and"
            + " which is none.",
        List.of(
            tradeoff(
                2.5,
                List.of(
                    ceiling(),
                    limit(LIMIT),
                    new Line(
                        "best-of-n, by K_n",
                        Evidence.THEOREM,
                        Role.LOWER_BOUND,
                        at(n, KlBounds::analytical),
                        winRate),
                    new Line(
                        "best-of-n, by its KL",
                        Evidence.EXACT,
                        Role.VALUE,
                        at(n, k -> law(coin, k).kl()),
                        winRate)))));
  }

  /// Figure 7: three families of policies on the simplex of Example 2.
  ///
  /// @return the figure
  public static Figure simplex() {
    return new Figure(
        "figure-7",
        "Figure 7. Three ways from the reference to the best outcome",
        "Policies on three outcomes, reference (0.5, 0.3, 0.2) (Example 2; probabilities chosen)."
            + " Best-of-n, the KL-regularised optimum for the calibrated reward, and"
            + " rewind-and-repeat, whose three policies are joined by their mixtures.",
        List.of(
            new Plot.Simplex(
                "",
                List.of("lowest reward", "middle", "highest reward"),
                List.of(
                    new Plot.Path(
                        "KL-regularised optimum",
                        policies(slopes(), slope -> optimum(slope).probabilities()),
                        false),
                    new Plot.Path(
                        "best-of-n",
                        policies(spread(1, 200), n -> law(THREE, n).probabilities()),
                        false),
                    new Plot.Path("rewind-and-repeat", rewindPolicies(), true),
                    new Plot.Path("reference policy", List.of(THREE.probabilities()), true)))));
  }

  /// Figure 8: the same three families, win rate against KL divergence.
  ///
  /// @return the figure
  public static Figure three() {
    double[] n = spread(1, 200);
    double[] slopes = slopes();
    List<double[]> mixtures = mixtures(rewindPolicies());
    return new Figure(
        "figure-8",
        "Figure 8. Win rate against KL divergence: three outcomes",
        "The families of Figure 7. Best-of-n and the optimum nearly touch; rewind-and-repeat lies below"
            + " them except where all meet. Low-probability limit: best-of-n where every outcome is unlikely.",
        List.of(
            tradeoff(
                2,
                List.of(
                    ceiling(),
                    limit(LIMIT),
                    new Line(
                        "KL-regularised optimum",
                        Evidence.EXACT,
                        Role.VALUE,
                        at(slopes, slope -> optimum(slope).kl()),
                        at(slopes, slope -> optimum(slope).winRate())),
                    new Line(
                        "best-of-n",
                        Evidence.EXACT,
                        Role.VALUE,
                        at(n, k -> law(THREE, k).kl()),
                        at(n, k -> law(THREE, k).winRate())),
                    new Line(
                        "rewind-and-repeat, mixed",
                        Evidence.EXACT,
                        Role.VALUE,
                        mixtures.stream().mapToDouble(THREE::kl).toArray(),
                        mixtures.stream().mapToDouble(THREE::winRate).toArray())))));
  }

  /// Figure 9: Example 3, the limit of many unlikely outcomes.
  ///
  /// @return the figure
  public static Figure continuum() {
    double[] z = at(spread(1, 100), w -> 1 / w);
    return new Figure(
        "figure-9",
        "Figure 9. Win rate against KL divergence: the low-probability limit",
        "Every outcome unlikely (Example 3). Best-of-n stays within 0.0095 of the optimum, which no"
            + " policy on any model exceeds (T5); rewind-and-repeat lies well below.",
        List.of(
            tradeoff(
                4,
                List.of(
                    ceiling(),
                    limit("best-of-n"),
                    new Line(
                        "rewind-and-repeat",
                        Evidence.EXACT,
                        Role.VALUE,
                        at(z, Rewind::kl),
                        at(z, Rewind::winRate))))));
  }

  private static Plot.Chart tradeoff(double high, List<Line> lines) {
    return new Plot.Chart(
        "",
        Axis.linear(KL, 0, high),
        Axis.linear("win rate against the reference", 0.5, 1),
        lines.stream().map(line -> upTo(line, high)).toList(),
        List.of());
  }

  /// The part of a line that the axis shows, so that its name stands where it leaves.
  private static Line upTo(Line line, double high) {
    double[] x = line.x();
    int shown = (int) Arrays.stream(x).filter(kl -> kl <= high).count();
    return new Line(
        line.name(),
        line.evidence(),
        line.role(),
        Arrays.copyOf(x, shown),
        Arrays.copyOf(line.y(), shown));
  }

  /// T5: what no policy on any model exceeds.
  private static Line ceiling() {
    double[] winRate =
        IntStream.range(0, 5 * POINTS)
            .mapToDouble(i -> 1 - 0.5 * Math.pow(0.005, i / (5.0 * POINTS - 1)))
            .toArray();
    return new Line(
        "ceiling of all policies",
        Evidence.THEOREM,
        Role.UPPER_BOUND,
        at(winRate, OptimalFrontier::kl),
        winRate);
  }

  /// What Conjecture 7.2 takes for a bound; as we read it, it is none.
  private static Line limit(String name) {
    double[] n = spread(1, 200);
    return new Line(
        name,
        Evidence.EXACT,
        Role.VALUE,
        at(n, t -> Tradeoff.limit(t).kl()),
        at(n, t -> Tradeoff.limit(t).winRate()));
  }

  /// Eq. (2) with the calibrated reward.
  ///
  /// @param slope `1/β`
  private static TiltedPolicy optimum(double slope) {
    return TiltedPolicy.byCalibratedReward(THREE, slope);
  }

  private static List<double[]> rewindPolicies() {
    return IntStream.rangeClosed(0, 2)
        .mapToObj(
            lowest ->
                Law.of(new Selection.RewindAndRepeat(THREE.rewards()[lowest]), THREE)
                    .probabilities())
        .toList();
  }

  /// The straight segments between policies.
  private static List<double[]> mixtures(List<double[]> ends) {
    return IntStream.range(0, ends.size() - 1)
        .boxed()
        .flatMap(
            i ->
                IntStream.rangeClosed(0, 40)
                    .mapToObj(k -> mixture(ends.get(i), ends.get(i + 1), k / 40.0)))
        .toList();
  }

  private static double[] mixture(double[] a, double[] b, double share) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> (1 - share) * a[i] + share * b[i])
        .toArray();
  }

  private static Law law(OutcomeTable table, double n) {
    return Law.of(new Selection.BestOfN(n), table);
  }

  private static List<double[]> policies(double[] parameters, DoubleFunction<double[]> policy) {
    return Arrays.stream(parameters).mapToObj(policy).toList();
  }

  /// From none to so steep that the best outcome takes all.
  private static double[] slopes() {
    return Stream.of(DoubleStream.of(0), Arrays.stream(spread(0.02, 200)))
        .flatMapToDouble(s -> s)
        .toArray();
  }

  private static double[] at(double[] parameters, DoubleUnaryOperator value) {
    return Arrays.stream(parameters).map(value).toArray();
  }

  /// Numbers from `low` to `high` in equal factors.
  private static double[] spread(double low, double high) {
    return IntStream.range(0, POINTS)
        .mapToDouble(i -> low * Math.pow(high / low, i / (POINTS - 1.0)))
        .toArray();
  }
}
