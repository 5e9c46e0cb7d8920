package topdraw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.AtN;
import topdraw.estimate.Overoptimization;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Band;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Region;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.finding.Unit;
import topdraw.words.text.CurveCsv;

/// The curves of one quantity over the values of n that were computed.
///
/// @param curve the findings by n, in rising order
/// @param draws the axis of n
/// @param solidTo the n beyond which estimates are dashed
/// @param band what the intervals are called, after their confidence
record AnalysisChart(List<AtN> curve, Axis draws, int solidTo, String band) {
  private static final String CHART = "chart";

  /// How the names of figures begin that are of the study of a gold reward.
  static final String STUDY = "study";

  /// What an interval is called that speaks of one n.
  static final String SINGLE = "interval";

  /// What it is called where all of a curve lies within.
  static final String JOINT = "band, all n at once";

  /// A figure for each quantity.
  static List<Figure> of(Analysis analysis) {
    var chart = new AnalysisChart(analysis.curve(), draws(analysis), analysis.firm().n(), SINGLE);
    return Series.byQuantity(analysis.curve()).values().stream()
        .map(series -> chart.figure(CHART, series, analysis.question()))
        .toList();
  }

  /// The gold reward under selection, with the band that holds its whole curve.
  static Figure of(Overoptimization study, Analysis analysis) {
    int last = analysis.curve().getLast().n();
    List<AtN> curve = CurveCsv.curve(study).stream().filter(at -> at.n() <= last).toList();
    List<Series> gold = Series.byQuantity(curve).get(Quantity.GOLD_REWARD);
    return new AnalysisChart(curve, draws(analysis), analysis.firm().n(), JOINT)
        .figure(STUDY, Objects.requireNonNull(gold), analysis.question());
  }

  /// The findings of a curve that a figure is of.
  static List<AtN> of(Figure figure, List<AtN> curve) {
    return curve.stream()
        .map(
            at ->
                new AtN(
                    at.n(),
                    at.prompts(),
                    at.findings().stream()
                        .filter(finding -> isOf(figure, finding.quantity()))
                        .toList()))
        .toList();
  }

  private static boolean isOf(Figure figure, Quantity quantity) {
    return List.of(CHART + ending(quantity), STUDY + ending(quantity)).contains(figure.id());
  }

  private static String ending(Quantity quantity) {
    return "-" + quantity.word().replace('_', '-');
  }

  /// The axis of n, the same in every chart.
  static Axis draws(Analysis analysis) {
    return Axis.draws(Math.max(2, analysis.curve().getLast().n()));
  }

  private Figure figure(String id, List<Series> series, AnalysisQuestion question) {
    Series first = series.getFirst();
    Topic topic = Topic.of(first.quantity(), question);
    return new Figure(
        id + ending(first.quantity()),
        topic.title(),
        topic.caption(),
        List.of(plot(first.quantity(), question)));
  }

  /// The chart of one quantity, without a title.
  ///
  /// @param quantity one that the curve has findings of
  Plot.Chart plot(Quantity quantity, AnalysisQuestion question) {
    List<Series> series =
        Objects.requireNonNull(Series.byQuantity(curve).get(quantity), "no finding of it");
    Topic topic = Topic.of(quantity, question);
    List<Line> lines = series.stream().map(this::line).toList();
    List<Region> regions = series.stream().map(this::region).flatMap(Optional::stream).toList();
    Axis y =
        quantity.unit() == Unit.NATS
            ? Axis.around(
                topic.axis(), DoubleStream.concat(DoubleStream.of(0), heights(lines, regions)))
            : Axis.around(topic.axis(), heights(lines, regions));
    return new Plot.Chart("", draws, y, lines, regions);
  }

  private static DoubleStream heights(List<Line> lines, List<Region> regions) {
    return Stream.concat(
            lines.stream().map(Line::y),
            regions.stream()
                .flatMap(region -> Stream.of(region.edges().lower(), region.edges().upper())))
        .flatMapToDouble(DoubleStream::of);
  }

  private Line line(Series series) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (AtN at : curve) {
      series
          .at(at)
          .ifPresent(
              finding -> {
                x.add((double) at.n());
                y.add(finding.value());
              });
    }
    return new Line(
        series.name(), series.evidence(), series.role(), array(x), array(y), solidTo, gaps(x));
  }

  /// The intervals of the quantity itself, as far as they are finite.
  private Optional<Region> region(Series series) {
    List<Double> x = new ArrayList<>();
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (AtN at : curve) {
      Optional<Interval> ends =
          series.role() == Role.VALUE
              ? series.at(at).flatMap(Finding::interval).filter(AnalysisChart::finite)
              : Optional.empty();
      if (ends.isPresent()) {
        x.add((double) at.n());
        lower.add(ends.get().lower());
        upper.add(ends.get().upper());
      }
    }
    if (x.isEmpty()) {
      return Optional.empty();
    }
    String name =
        curve.stream()
                .flatMap(at -> series.at(at).stream())
                .filter(finding -> finding.interval().isPresent())
                .findFirst()
                .map(finding -> Words.percent(finding.confidence().orElseThrow()))
                .orElseThrow()
            + " "
            + band;
    return Optional.of(
        new Region(name, array(x), new Band(name, array(lower), array(upper)), gaps(x)));
  }

  /// The values of n among those of a line that have no number of it.
  private double[] gaps(List<Double> known) {
    return curve.stream()
        .mapToDouble(AtN::n)
        .filter(n -> n > known.getFirst() && n < known.getLast() && !known.contains(n))
        .toArray();
  }

  private static boolean finite(Interval interval) {
    return Double.isFinite(interval.lower()) && Double.isFinite(interval.upper());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
