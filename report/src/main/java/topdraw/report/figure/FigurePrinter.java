package topdraw.report.figure;

import java.util.Optional;
import java.util.ServiceLoader;

/// Draws figures as pictures. The optional module `press` brings one; without it pages and tables
/// can be written, pictures cannot.
public interface FigurePrinter extends AutoCloseable {
  /// Finds the press on the class path.
  ///
  /// @return the press, or empty when the module is not there
  static Optional<FigurePrinter> find() {
    return ServiceLoader.load(FigurePrinter.class).findFirst();
  }

  /// Whether there is a press on the class path; it is not started.
  ///
  /// @return true where [#find] finds one
  static boolean isThere() {
    return ServiceLoader.load(FigurePrinter.class).stream().findAny().isPresent();
  }

  /// Draws a figure as SVG. The same figure gives the same bytes.
  ///
  /// @param figure what to draw
  /// @param theme the paper
  /// @return an SVG document
  String svg(Figure figure, Theme theme);

  /// Draws an SVG of [#svg] as PNG, at twice its size in pixels.
  ///
  /// @param svg the document
  /// @return the bytes of the file
  byte[] png(String svg);

  /// Draws an SVG of [#svg] as a page of its size in PDF, all of it lines and areas, letters
  /// included: no font is needed to show it. The same document gives the same bytes.
  ///
  /// @param svg the document
  /// @param title the title in the file's properties
  /// @param creator what made it, in the file's properties
  /// @return the bytes of the file
  byte[] pdf(String svg, String title, String creator);

  @Override
  void close();
}
