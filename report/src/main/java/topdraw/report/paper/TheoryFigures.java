package topdraw.report.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Band;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Region;
import topdraw.theory.bound.ExpectedKlBounds;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.pool.TiltedMean;

/// The paper's Figures 1 to 3: KL divergence against n on tables that are known in full, and our
/// sharper estimator d*. Where the paper's text has lost a number, ours is chosen and said so.
public final class TheoryFigures {
  private static final int STEPS_A_DECADE = 20;

  private TheoryFigures() {}

  /// Figure 1: Example 1, a fair coin.
  ///
  /// @return the figure
  public static Figure coin() {
    return new Figure(
        "figure-1",
        "Figure 1. A fair coin",
        "Two equally likely outcomes, one better (Example 1). The KL divergence of best-of-n levels"
            + " off at log 2 = 0.693 nats; the textbook formula grows without end.",
        List.of(chart("", OutcomeTable.ofProbabilities(0.5, 0.5), 1024, 1.5, Optional.empty())));
  }

  /// Figure 2: uniform tables of four sizes.
  ///
  /// @return the figure
  public static Figure uniform() {
    return new Figure(
        "figure-2",
        "Figure 2. L equally likely outcomes",
        "The textbook formula is right while n is small against L. From there the KL divergence and"
            + " the mean of (25) level off at log L, (23) has a corner near n = 2.72 L, and the"
            + " textbook leaves.",
        IntStream.of(10, 100, 1000, 10_000)
            .<Plot>mapToObj(
                size -> {
                  double[] p = new double[size];
                  Arrays.fill(p, 1.0 / size);
                  return chart(
                      "L = %,d".formatted(size),
                      OutcomeTable.ofProbabilities(p),
                      100 * size,
                      1.3 * Math.log(size),
                      Optional.empty());
                })
            .toList());
  }

  /// Figure 3: rare best outcomes.
  ///
  /// @return the figure
  public static Figure rare() {
    OutcomeTable one = rareTable(1e-4);
    OutcomeTable three = rareTable(1e-2, 1e-4, 1e-6);
    return new Figure(
        "figure-3",
        "Figure 3. Rare best outcomes",
        "Left: ten equally likely outcomes and a better one of probability 1e-4. Right: three better"
            + " ones, of 1e-2, 1e-4 and 1e-6 (chosen: the paper's text has lost its numbers). The KL"
            + " divergence rises each time n reaches a rare outcome; the estimators follow. Shaded:"
            + " tilted minimum to maximum of (25), tilts −10 and +10.",
        List.of(
            chart("one rare outcome", one, 1_000_000, 12, Optional.of(band(one, 1_000_000))),
            chart(
                "three rare outcomes",
                three,
                100_000_000,
                15,
                Optional.of(band(three, 100_000_000)))));
  }

  /// Ten equally likely outcomes below rare ones, the rarest the best.
  static OutcomeTable rareTable(double... rare) {
    double rest = 1 - Arrays.stream(rare).sum();
    return OutcomeTable.ofProbabilities(
        IntStream.range(0, 10 + rare.length)
            .mapToDouble(i -> i < 10 ? rest / 10 : rare[i - 10])
            .toArray());
  }

  private static Plot.Chart chart(
      String title, OutcomeTable table, int last, double high, Optional<Region> band) {
    double[] n = draws(last);
    List<Line> lines = new ArrayList<>();
    lines.add(line("textbook K_n", Role.UPPER_BOUND, n, KlBounds::analytical));
    lines.add(
        line("mean of (23)", Role.UPPER_BOUND, n, k -> ExpectedKlBounds.alternateBound(k, table)));
    lines.add(line("mean of (25)", Role.UPPER_BOUND, n, k -> ExpectedKlBounds.bound(k, table)));
    lines.add(line("mean of d*", Role.UPPER_BOUND, n, k -> ExpectedKlBounds.sharpBound(k, table)));
    lines.add(
        new Line(
            "KL divergence",
            Evidence.EXACT,
            Role.VALUE,
            n,
            values(n, k -> Law.of(new Selection.BestOfN(k), table).kl())));
    return new Plot.Chart(
        title,
        Axis.draws(last),
        Axis.linear("KL divergence, nats", 0, high),
        lines,
        band.stream().toList());
  }

  private static Line line(String name, Role role, double[] n, DoubleUnaryOperator value) {
    return new Line(name, Evidence.THEOREM, role, n, values(n, value));
  }

  private static Region band(OutcomeTable table, int last) {
    double[] n = draws(last);
    double[] low = values(n, k -> tilted(table, k, -PoolCurves.TILT));
    double[] high = values(n, k -> tilted(table, k, PoolCurves.TILT));
    for (int i = 0; i < n.length; i++) {
      // Where (25) hardly varies the two ends differ by rounding only.
      high[i] = Math.max(low[i], high[i]);
    }
    return new Region("(25), tilted min to max", n, new Band("(25)", low, high));
  }

  private static double tilted(OutcomeTable table, double n, double tilt) {
    double[] bounds =
        Arrays.stream(table.logProbabilities())
            .map(logP -> KlBounds.boundFromLog(n, Math.min(0, logP)))
            .toArray();
    return TiltedMean.of(bounds, Law.of(new Selection.BestOfN(n), table).probabilities(), tilt);
  }

  private static double[] values(double[] n, DoubleUnaryOperator value) {
    return Arrays.stream(n).map(value).toArray();
  }

  /// Whole numbers from 1 to `last`, evenly spread on a logarithmic axis, powers of ten among them.
  static double[] draws(int last) {
    int steps = (int) Math.ceil(STEPS_A_DECADE * Math.log10(last));
    return IntStream.rangeClosed(0, steps)
        .mapToDouble(i -> Math.min(last, Math.rint(Math.pow(10, (double) i / STEPS_A_DECADE))))
        .distinct()
        .toArray();
  }
}
