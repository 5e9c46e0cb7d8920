package topdraw.press;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/// SVG to PNG and PDF, in the font that is shipped: a machine's own fonts differ, and some have
/// none.
final class Engraver {
  private static final int PIXELS = 2;

  /// Points of a page for a pixel of CSS.
  private static final float POINTS = 0.75f;

  private static final List<String> FACES = List.of("Inter-Regular.otf", "Inter-SemiBold.otf");

  private Engraver() {}

  static Engraver create() {
    // Without it Java asks for a screen.
    System.setProperty("java.awt.headless", "true");
    FACES.forEach(Engraver::register);
    return new Engraver();
  }

  private static void register(String face) {
    try (InputStream file =
        Engraver.class.getResourceAsStream("/com/formdev/flatlaf/fonts/inter/" + face)) {
      if (file == null) {
        throw new IllegalStateException(face + " is not on the class path");
      }
      GraphicsEnvironment.getLocalGraphicsEnvironment()
          .registerFont(Font.createFont(Font.TRUETYPE_FONT, file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the font " + face, e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("Java cannot read the font " + face, e);
    }
  }

  byte[] png(String svg) {
    SVGDocument document = load(svg);
    int width = (int) Math.ceil(document.size().getWidth());
    int height = (int) Math.ceil(document.size().getHeight());
    var image = new BufferedImage(PIXELS * width, PIXELS * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.scale(PIXELS, PIXELS);
      @Nullable JComponent none = null;
      document.render(none, graphics);
    } finally {
      graphics.dispose();
    }
    return encoded(image);
  }

  byte[] pdf(String svg, String title, String creator) {
    SVGDocument document = load(svg);
    float width = (float) document.size().getWidth();
    float height = (float) document.size().getHeight();
    var out = new ByteArrayOutputStream();
    try (PDDocument pdf = new PDDocument()) {
      // Its time would tell two equal files apart.
      pdf.setDocumentId(0L);
      PDPage page = new PDPage(new PDRectangle(POINTS * width, POINTS * height));
      pdf.addPage(page);
      PDDocumentInformation about = pdf.getDocumentInformation();
      about.setTitle(title);
      about.setCreator(creator);
      PDFormXObject drawn = drawn(document, pdf, width, height);
      try (var content = new PDPageContentStream(pdf, page)) {
        content.transform(Matrix.getScaleInstance(POINTS, POINTS));
        content.drawForm(drawn);
      }
      pdf.save(out, CompressParameters.NO_COMPRESSION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static PDFormXObject drawn(
      SVGDocument document, PDDocument pdf, float width, float height) throws IOException {
    PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(pdf, width, height);
    try {
      @Nullable JComponent none = null;
      document.render(none, graphics);
    } finally {
      graphics.dispose();
    }
    return graphics.getXFormObject();
  }

  private static SVGDocument load(String svg) {
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    SVGDocument document = new SVGLoader().load(bytes, null, LoaderContext.createDefault());
    if (document == null) {
      throw new IllegalArgumentException("this is not an SVG document that can be drawn");
    }
    return document;
  }

  private static byte[] encoded(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
