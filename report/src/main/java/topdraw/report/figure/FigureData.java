package topdraw.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.report.figure.Plot.Chart;
import topdraw.report.figure.Plot.Simplex;
import topdraw.theory.finding.Evidence;
import topdraw.words.EvidenceWords;

/// A figure as the data that `figures.js` draws.
record FigureData(List<PlotData> plots, String note) {

  /// @param corners three for a simplex, none for a chart
  record PlotData(
      String title,
      List<Axis> axes,
      List<String> corners,
      List<LineData> lines,
      List<RegionData> regions) {}

  record LineData(
      String name,
      String known,
      boolean firm,
      int colour,
      boolean marked,
      double solidTo,
      List<double[]> points,
      double[] gaps) {}

  record RegionData(String name, double[] x, double[] lower, double[] upper, double[] gaps) {}

  static List<FigureData> of(List<Figure> figures) {
    return figures.stream().map(FigureData::of).toList();
  }

  private static FigureData of(Figure figure) {
    var colours = new LinkedHashMap<String, Integer>();
    return new FigureData(
        figure.plots().stream().map(plot -> plot(plot, colours)).toList(), figure.note());
  }

  private static PlotData plot(Plot plot, Map<String, Integer> colours) {
    return switch (plot) {
      case Chart chart ->
          new PlotData(
              chart.title(),
              List.of(chart.x(), chart.y()),
              List.of(),
              chart.lines().stream().map(line -> line(line, colour(colours, line.name()))).toList(),
              chart.regions().stream().map(FigureData::region).toList());
      case Simplex simplex ->
          new PlotData(
              simplex.title(),
              List.of(),
              simplex.corners(),
              simplex.paths().stream()
                  .map(path -> path(path, colour(colours, path.name())))
                  .toList(),
              List.of());
    };
  }

  /// One colour a name, the same in every panel of a figure.
  private static int colour(Map<String, Integer> colours, String name) {
    return colours.computeIfAbsent(name, _ -> colours.size());
  }

  private static LineData line(Line line, int colour) {
    double[] x = line.x();
    double[] y = line.y();
    List<double[]> points = new ArrayList<>(x.length);
    for (int i = 0; i < x.length; i++) {
      points.add(new double[] {x[i], y[i]});
    }
    boolean firm = line.evidence() == Evidence.EXACT || line.evidence() == Evidence.THEOREM;
    return new LineData(
        line.name(),
        EvidenceWords.of(line.evidence(), line.role()),
        firm,
        colour,
        x.length == 1, // nothing else would show it
        firm ? Double.MAX_VALUE : Math.min(line.solidTo(), Double.MAX_VALUE),
        points,
        line.gaps());
  }

  private static LineData path(Plot.Path path, int colour) {
    return new LineData(
        path.name(),
        "exact",
        true,
        colour,
        path.marked(),
        Double.MAX_VALUE,
        path.policies(),
        new double[0]);
  }

  private static RegionData region(Region region) {
    return new RegionData(
        region.name(), region.x(), region.edges().lower(), region.edges().upper(), region.gaps());
  }
}
