package topdraw.report.figure;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One figure fit to print: plots side by side. The page, SVG, PNG and CSV are all made from it.
///
/// @param id a name for files and anchors, such as `figure-4`
/// @param title its name, such as `Figure 4. KL divergence, reward log-likelihood`
/// @param caption what is drawn and what to look for
/// @param plots its panels in reading order, at least one
/// @param note what stands below them in the picture itself; empty where nothing must be known
public record Figure(String id, String title, String caption, List<Plot> plots, String note) {
  /// Copies the plots.
  ///
  /// @throws IllegalArgumentException if there is none, or the name has other characters than small
  ///   letters, digits and hyphens
  public Figure {
    plots = List.copyOf(plots);
    if (plots.isEmpty() || !id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "the figure '" + id + "' needs a plot, and a name of small letters, digits and hyphens");
    }
  }

  /// A figure that needs no note.
  ///
  /// @param id a name for files and anchors
  /// @param title its name
  /// @param caption what is drawn and what to look for
  /// @param plots its panels in reading order
  public Figure(String id, String title, String caption, List<Plot> plots) {
    this(id, title, caption, plots, "");
  }

  /// The KL divergences of a figure, a panel a prompt, on one scale.
  ///
  /// @param id the figure's name
  /// @param figure a figure over n = 1, 2, …
  /// @return the figure
  public static Figure ofKl(String id, PromptFigure figure) {
    double high = 1.04 * Math.max(0.5, highest(figure));
    List<Plot> plots =
        figure.panels().stream()
            .<Plot>map(panel -> chart(panel, Axis.linear("KL divergence, nats", 0, high)))
            .toList();
    return new Figure(id, figure.title(), figure.caption(), plots);
  }

  private static double highest(PromptFigure figure) {
    return figure.panels().stream()
        .flatMap(panel -> panel.kl().stream())
        .flatMapToDouble(curve -> java.util.Arrays.stream(curve.values()))
        .max()
        .orElseThrow();
  }

  private static Plot.Chart chart(PromptPanel panel, Axis y) {
    int last = panel.kl().stream().mapToInt(curve -> curve.values().length).max().orElseThrow();
    List<Line> lines = panel.kl().stream().map(curve -> line(curve, panel.solidTo())).toList();
    Optional<Region> band =
        panel.klBand().map(b -> new Region(b.name(), upTo(b.lower().length), b));
    // A prompt may have lines and control characters, which no one-line title and no XML takes.
    String title = panel.title().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return new Plot.Chart(title, Axis.draws(Math.max(2, last)), y, lines, band.stream().toList());
  }

  private static Line line(Curve curve, int solidTo) {
    double[] values = curve.values();
    return new Line(
        curve.name(), curve.evidence(), curve.role(), upTo(values.length), values, solidTo);
  }

  private static double[] upTo(int last) {
    return IntStream.rangeClosed(1, last).asDoubleStream().toArray();
  }
}
