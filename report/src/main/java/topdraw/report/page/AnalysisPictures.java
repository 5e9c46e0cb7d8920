package topdraw.report.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigurePrinter;
import topdraw.report.figure.Theme;

/// Figures of an analysis as pictures that say what made them and what they show.
final class AnalysisPictures {
  /// What a picture can be.
  enum Format {
    SVG,
    PNG,
    PDF
  }

  /// Where the first chunk of a PNG ends: a signature of 8 bytes, then the header of 25.
  private static final int AFTER_HEADER = 33;

  private AnalysisPictures() {}

  /// Refuses, before the work, what nothing here can draw.
  ///
  /// @throws InputException if the press is not there
  static void requirePress() {
    if (!FigurePrinter.isThere()) {
      throw missing();
    }
  }

  /// What draws.
  ///
  /// @throws InputException if it is not there
  static FigurePrinter press() {
    return FigurePrinter.find().orElseThrow(AnalysisPictures::missing);
  }

  private static InputException missing() {
    return new InputException(
        Problem.MISSING,
        "figures need the press module, which ./topdraw builds on first use; .csv, .tex and .html do"
            + " without");
  }

  /// A figure on white paper.
  ///
  /// @param figure what to draw
  /// @param format as what
  /// @param press draws it
  /// @return the bytes of the file; the same for the same figure
  static byte[] of(Figure figure, Format format, FigurePrinter press) {
    String svg = press.svg(figure, Theme.LIGHT);
    return switch (format) {
      case SVG -> described(svg, figure).getBytes(StandardCharsets.UTF_8);
      case PNG -> marked(press.png(svg));
      case PDF -> press.pdf(svg, figure.title(), Ours.MADE_BY);
    };
  }

  /// The title and the caption, for whoever does not see the picture.
  private static String described(String svg, Figure figure) {
    int inside = svg.indexOf('>') + 1;
    var words =
        new Html()
            .element("metadata", Ours.MADE_BY)
            .element("title", figure.title())
            .element("desc", (figure.caption() + " " + figure.note()).strip());
    return svg.substring(0, inside) + "\n" + words.part() + svg.substring(inside);
  }

  private static byte[] marked(byte[] png) {
    byte[] text = ("tEXtSoftware\0" + Ours.MADE_BY).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(text);
    byte[] chunk =
        ByteBuffer.allocate(text.length + 8)
            .putInt(text.length - 4)
            .put(text)
            .putInt((int) sum.getValue())
            .array();
    var out = new ByteArrayOutputStream(png.length + chunk.length);
    out.write(png, 0, AFTER_HEADER);
    out.writeBytes(chunk);
    out.write(png, AFTER_HEADER, png.length - AFTER_HEADER);
    return out.toByteArray();
  }
}
