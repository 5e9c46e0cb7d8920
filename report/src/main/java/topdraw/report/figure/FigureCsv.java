package topdraw.report.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import topdraw.report.figure.Plot.Chart;
import topdraw.report.figure.Plot.Simplex;
import topdraw.words.EvidenceWords;

/// The numbers of a figure as a table, a row a point, each number in the shortest decimal that
/// reads back as the same double.
public final class FigureCsv {
  private final StringBuilder out =
      new StringBuilder("panel,series,evidence,x_name,y_name,x,y,z\n");

  private FigureCsv() {}

  /// The table of a figure. A line has `x` and `y`; the edges of a region are two series, `lower`
  /// and `upper`; a policy of a simplex has its three probabilities in `x`, `y` and `z`.
  ///
  /// @param figure the figure
  /// @return RFC 4180 text with a header line, lines ending in a line feed
  public static String of(Figure figure) {
    FigureCsv csv = new FigureCsv();
    for (Plot plot : figure.plots()) {
      switch (plot) {
        case Chart chart -> csv.chart(chart);
        case Simplex simplex -> csv.simplex(simplex);
      }
    }
    return csv.out.toString();
  }

  private void chart(Chart chart) {
    for (Line line : chart.lines()) {
      points(
          chart, line.name(), EvidenceWords.of(line.evidence(), line.role()), line.x(), line.y());
    }
    for (Region region : chart.regions()) {
      points(chart, region.name() + ", lower", "shaded", region.x(), region.edges().lower());
      points(chart, region.name() + ", upper", "shaded", region.x(), region.edges().upper());
    }
  }

  private void points(Chart chart, String series, String known, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      row(chart.title(), series, known, chart.x().name(), chart.y().name(), x[i], y[i]);
    }
  }

  private void simplex(Simplex simplex) {
    for (Plot.Path path : simplex.paths()) {
      for (double[] policy : path.policies()) {
        row(
            simplex.title(),
            path.name(),
            "exact",
            simplex.corners().get(0),
            simplex.corners().get(1),
            policy);
      }
    }
  }

  private void row(
      String panel, String series, String known, String x, String y, double... numbers) {
    String words =
        Arrays.asList(panel, series, known, x, y).stream()
            .map(FigureCsv::quoted)
            .collect(Collectors.joining(","));
    String values =
        Arrays.stream(numbers).mapToObj(FigureCsv::decimal).collect(Collectors.joining(","));
    out.append(words).append(',').append(values).append(numbers.length < 3 ? ",\n" : "\n");
  }

  private static String decimal(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).toLowerCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
