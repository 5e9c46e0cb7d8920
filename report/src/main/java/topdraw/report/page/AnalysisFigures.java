package topdraw.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.PromptCurves;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Plot.Chart;
import topdraw.report.figure.Region;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.AnalysisReport;
import topdraw.words.Counted;
import topdraw.words.text.CurveCsv;

/// The figures of an analysis for a paper or a slide: reward against drift, everything against n,
/// and small multiples by prompt. What has no number is left out.
final class AnalysisFigures {
  /// More prompts than this make a wall, not a figure.
  static final int MOST_PROMPTS = 8;

  /// The figures by the ends of their names, in the order of [#of].
  static final List<String> NAMES =
      List.of("", "-against-n", "-by-prompt-reward", "-by-prompt-drift");

  private static final List<Quantity> REWARDS =
      List.of(Quantity.REWARD, Quantity.PASS_AT_K, Quantity.GOLD_REWARD);
  private static final List<Quantity> AGAINST_N =
      List.of(
          Quantity.REWARD,
          Quantity.PASS_AT_K,
          Quantity.GOLD_REWARD,
          Quantity.WIN_RATE,
          Quantity.KL);

  private final Analysis analysis;
  private final List<AtN> gold;

  /// Whether the band of the gold reward holds its whole curve.
  private final boolean joint;

  private AnalysisFigures(AnalysisReport report) {
    analysis = report.analysis();
    joint = report.study().isPresent();
    int last = analysis.curve().getLast().n();
    gold =
        report
            .study()
            .map(study -> CurveCsv.curve(study).stream().filter(at -> at.n() <= last).toList())
            .orElse(analysis.curve());
  }

  /// The figures of an analysis.
  ///
  /// @return by the ends of their names, of [#NAMES]
  static Map<String, Figure> of(AnalysisReport report) {
    AnalysisFigures figures = new AnalysisFigures(report);
    Map<String, Figure> all = new LinkedHashMap<>();
    figures.againstDrift().ifPresent(figure -> all.put(NAMES.get(0), figure));
    figures.againstN(report).ifPresent(figure -> all.put(NAMES.get(1), figure));
    figures
        .byPrompt("reward", List.of(Quantity.REWARD, Quantity.PASS_AT_K))
        .ifPresent(figure -> all.put(NAMES.get(2), figure));
    figures
        .byPrompt("drift", List.of(Quantity.KL))
        .ifPresent(figure -> all.put(NAMES.get(3), figure));
    return all;
  }

  /// How many prompts the small multiples leave out.
  static long leftOut(Analysis analysis) {
    return analysis.prompts() - Math.min(MOST_PROMPTS, analysis.byPrompt().size());
  }

  /// The figure of the field: what is gained against how far the policy moves, once by the drift as
  /// it is estimated and once by the textbook's number for it, on one scale.
  private Optional<Figure> againstDrift() {
    List<Plot> plots = new ArrayList<>();
    for (Quantity quantity : REWARDS) {
      List<AtN> curve = (quantity == Quantity.GOLD_REWARD ? gold : analysis.curve());
      List<AtN> told = curve.stream().filter(at -> value(at, quantity).isPresent()).toList();
      if (!told.isEmpty()) {
        plots.addAll(pair(told, quantity));
      }
    }
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "reward-against-drift",
                "Reward against drift",
                "Each point is an n, from one draw (left) on; means over "
                    + prompts(analysis.prompts())
                    + ". Left, where it could be estimated: by the KL divergence from the reference"
                    + " policy as it is. Right: the same points by the textbook's log n - (n-1)/n,"
                    + " which is an upper bound of it. Shaded: intervals of the reward; the drift has"
                    + " its own, in the table. Dashed: few independent sets of n draws are left.",
                plots));
  }

  private List<Plot> pair(List<AtN> told, Quantity quantity) {
    double high = Math.max(0.5, KlBounds.analytical(told.getLast().n()));
    List<AtN> known = told.stream().filter(at -> value(at, Quantity.KL).isPresent()).toList();
    List<Plot> plots = new ArrayList<>();
    Chart textbook =
        chart(
            "by the textbook's KL, an upper bound",
            told,
            quantity,
            Axis.linear("textbook KL, log n − (n−1)/n, nats", 0, high),
            told.stream().mapToDouble(at -> KlBounds.analytical(at.n())).toArray());
    if (!known.isEmpty()) {
      double[] drift =
          known.stream().mapToDouble(at -> value(at, Quantity.KL).orElseThrow()).toArray();
      Axis x = Axis.linear("KL divergence as estimated, nats", 0, high);
      Chart own = chart("by the KL as it is, estimated", known, quantity, x, drift);
      plots.add(new Chart(own.title(), own.x(), textbook.y(), own.lines(), own.regions()));
    }
    plots.add(textbook);
    return plots;
  }

  /// The chart of a quantity over n, each n moved to its place on another axis.
  private Chart chart(String how, List<AtN> curve, Quantity quantity, Axis x, double[] places) {
    Chart overN = overN(curve, quantity);
    double[] n = curve.stream().mapToDouble(AtN::n).toArray();
    Line line = overN.lines().getFirst();
    return new Chart(
        Topic.of(quantity, analysis.question()).title() + ", " + how,
        x,
        overN.y(),
        List.of(
            new Line(
                line.name(),
                line.evidence(),
                line.role(),
                moved(line.x(), n, places),
                line.y(),
                solidTo(n, places))),
        overN.regions().stream()
            .map(region -> new Region(region.name(), moved(region.x(), n, places), region.edges()))
            .toList());
  }

  private static double[] moved(double[] x, double[] n, double[] places) {
    return Arrays.stream(x).map(one -> places[Arrays.binarySearch(n, one)]).toArray();
  }

  /// Where the line becomes dashed; from its beginning, where estimates of drift go up and down so
  /// that no place divides it.
  private double solidTo(double[] n, double[] places) {
    int firm = (int) Arrays.stream(n).filter(one -> one <= analysis.firm().n()).count();
    double last = Arrays.stream(places, 0, firm).max().orElse(-1);
    return Arrays.stream(places, firm, places.length).allMatch(place -> place > last) ? last : -1;
  }

  /// The quantity itself with its intervals, over n.
  private Chart overN(List<AtN> curve, Quantity quantity) {
    Chart all =
        new AnalysisChart(curve, AnalysisChart.draws(analysis), analysis.firm().n(), band(quantity))
            .plot(quantity, analysis.question());
    List<Line> lines =
        all.lines().stream()
            .filter(line -> line.role() == Role.VALUE || line.name().equals(Series.TEXTBOOK))
            .toList();
    return new Chart("", all.x(), y(quantity, lines, all.regions()), lines, all.regions());
  }

  private Axis y(Quantity quantity, List<Line> lines, List<Region> regions) {
    DoubleStream heights =
        Stream.concat(
                lines.stream().map(Line::y),
                regions.stream()
                    .flatMap(region -> Stream.of(region.edges().lower(), region.edges().upper())))
            .flatMapToDouble(DoubleStream::of);
    return Axis.around(
        axis(quantity),
        quantity == Quantity.KL ? DoubleStream.concat(DoubleStream.of(0), heights) : heights);
  }

  private String axis(Quantity quantity) {
    return switch (quantity) {
      case REWARD -> "mean reward, " + analysis.question().reward();
      case PASS_AT_K -> "pass@n, probability";
      case GOLD_REWARD -> "mean gold reward, " + analysis.question().gold().orElse("gold");
      default -> Topic.of(quantity, analysis.question()).axis();
    };
  }

  private String band(Quantity quantity) {
    return joint && quantity == Quantity.GOLD_REWARD ? AnalysisChart.JOINT : AnalysisChart.SINGLE;
  }

  private Optional<Figure> againstN(AnalysisReport report) {
    List<Plot> plots = new ArrayList<>();
    for (Quantity quantity : AGAINST_N) {
      List<AtN> curve = quantity == Quantity.GOLD_REWARD ? gold : analysis.curve();
      if (curve.stream()
          .anyMatch(at -> at.findings().stream().anyMatch(f -> f.quantity() == quantity))) {
        Chart chart = overN(curve, quantity);
        plots.add(
            new Chart(
                Topic.of(quantity, report.analysis().question()).title(),
                chart.x(),
                chart.y(),
                chart.lines(),
                chart.regions()));
      }
    }
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "against-n",
                "What best-of-n gives and costs",
                "Means over "
                    + prompts(analysis.prompts())
                    + " against n. Shaded: intervals. Dashed: few independent sets of n draws are"
                    + " left. The textbook's numbers are upper bounds for every model.",
                plots));
  }

  private Optional<Figure> byPrompt(String name, List<Quantity> wanted) {
    if (analysis.prompts() < 2) {
      return Optional.empty();
    }
    List<PromptCurves> shown = analysis.byPrompt().stream().limit(MOST_PROMPTS).toList();
    Map<PromptCurves, List<Line>> lines = new LinkedHashMap<>();
    for (PromptCurves prompt : shown) {
      List<Line> own =
          prompt.curves().stream()
              .filter(curve -> wanted.contains(curve.quantity()))
              .sorted(Comparator.comparing(PromptCurves.Curve::role)) // the quantity itself leads
              .map(curve -> line(curve, prompt.draws() / 4))
              .toList();
      if (!own.isEmpty()) {
        lines.put(prompt, own);
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Quantity quantity = wanted.contains(Quantity.KL) ? Quantity.KL : rewardOf(shown);
    if (quantity == Quantity.KL) {
      lines.replaceAll((_, own) -> Stream.concat(own.stream(), Stream.of(textbook())).toList());
    }
    Axis y = y(quantity, lines.values().stream().flatMap(List::stream).toList(), List.of());
    long out = leftOut(analysis);
    return Optional.of(
        new Figure(
            "by-prompt-" + name,
            Topic.of(quantity, analysis.question()).title() + ", prompt by prompt",
            "Each prompt from its own draws alone: estimates without intervals, dashed beyond a"
                + " quarter of its draws.",
            lines.entrySet().stream()
                .<Plot>map(
                    one ->
                        new Chart(
                            oneLine(one.getKey().prompt()),
                            AnalysisChart.draws(analysis),
                            y,
                            one.getValue(),
                            List.of()))
                .toList(),
            out == 0
                ? ""
                : "The first %d of %,d prompts; %,d are left out."
                    .formatted(shown.size(), analysis.prompts(), out)));
  }

  private static Quantity rewardOf(List<PromptCurves> shown) {
    return shown.stream()
            .flatMap(prompt -> prompt.curves().stream())
            .anyMatch(curve -> curve.quantity() == Quantity.PASS_AT_K)
        ? Quantity.PASS_AT_K
        : Quantity.REWARD;
  }

  private static Line line(PromptCurves.Curve curve, int solidTo) {
    return new Line(
        Series.of(curve).name(),
        curve.evidence(),
        curve.role(),
        curve.points().stream().mapToDouble(PromptCurves.Point::n).toArray(),
        curve.points().stream().mapToDouble(PromptCurves.Point::value).toArray(),
        solidTo);
  }

  private Line textbook() {
    double[] n = analysis.curve().stream().mapToDouble(AtN::n).toArray();
    return new Line(
        Series.TEXTBOOK,
        Evidence.THEOREM,
        Role.UPPER_BOUND,
        n,
        Arrays.stream(n).map(KlBounds::analytical).toArray());
  }

  private static Optional<Double> value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .map(Finding::value)
        .findFirst();
  }

  private static String prompts(long count) {
    return Counted.of(count, "prompt");
  }

  /// A prompt may have lines and control characters, which no one-line title and no XML takes.
  private static String oneLine(String words) {
    return words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
