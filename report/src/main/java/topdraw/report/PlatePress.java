package topdraw.report;

import java.util.Optional;
import java.util.ServiceLoader;

/// Draws plates as pictures. The optional module `press` brings one; without it pages and tables
/// can be written, pictures cannot.
public interface PlatePress extends AutoCloseable {
  /// Finds the press on the class path.
  ///
  /// @return the press, or empty when the module is not there
  static Optional<PlatePress> find() {
    return ServiceLoader.load(PlatePress.class).findFirst();
  }

  /// Draws a plate as SVG. The same plate gives the same bytes.
  ///
  /// @param plate what to draw
  /// @param theme the paper
  /// @return an SVG document
  String svg(Plate plate, Theme theme);

  /// Draws an SVG of [#svg] as PNG, at twice its size in pixels.
  ///
  /// @param svg the document
  /// @return the bytes of the file
  byte[] png(String svg);

  @Override
  void close();
}
