package topdraw.press;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Band;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigurePrinter;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.Region;
import topdraw.report.figure.Theme;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;

/// The real engine and the real font: what is printed is what the page shows.
class GraalPressTest {
  private static FigurePrinter press;

  @BeforeAll
  static void open() {
    press = FigurePrinter.find().orElseThrow();
  }

  @AfterAll
  static void close() {
    press.close();
  }

  @Test
  void aChartIsWellFormedSvgWithItsNamesAndUnits() throws Exception {
    String svg = press.svg(chart("a <b> & \"c\""), Theme.LIGHT);
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getDocumentElement().getTextContent())
        .contains("KL divergence, nats")
        .contains("n, completions drawn")
        .contains("textbook K_n")
        .contains("theorem, upper bound")
        .contains("a <b> & \"c\"");
  }

  @Test
  void theSamePlateGivesTheSameBytes() {
    assertThat(press.svg(chart("x"), Theme.LIGHT)).isEqualTo(press.svg(chart("x"), Theme.LIGHT));
    String svg = press.svg(chart("x"), Theme.DARK);
    assertThat(press.png(svg)).isEqualTo(press.png(svg));
  }

  @Test
  void aPngHasTwiceTheSizeAndTheColourOfItsPaper() throws Exception {
    assertThat(corner(Theme.LIGHT)).isEqualTo(0xffffff);
    assertThat(corner(Theme.DARK)).isEqualTo(0x16191e);
  }

  @Test
  void aPdfIsAPageOfTheFiguresSizeThatNeedsNoFontAndHasItsColours() throws Exception {
    byte[] bytes = press.pdf(press.svg(chart("x"), Theme.LIGHT), "Drift (a)", "the press");
    assertThat(press.pdf(press.svg(chart("x"), Theme.LIGHT), "Drift (a)", "the press"))
        .as("the same bytes")
        .isEqualTo(bytes);
    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(540);
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Drift (a)");
      assertThat(pdf.getDocumentInformation().getCreator()).isEqualTo("the press");
      assertThat(pdf.getPage(0).getResources().getFontNames()).isEmpty();
      BufferedImage shown = new PDFRenderer(pdf).renderImageWithDPI(0, 192);
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(press.png(press.svg(chart("x"), Theme.LIGHT))));
      assertThat(ink(shown)).isCloseTo(ink(image), withinPercentage(10));
    }
  }

  /// How much of an image is not paper.
  private static double ink(BufferedImage image) {
    double ink = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        ink += 255 - (image.getRGB(x, y) >> 8 & 255);
      }
    }
    return ink / (255.0 * image.getWidth() * image.getHeight());
  }

  @Test
  void aNoteStandsBelowThePlotsAndMakesThePictureTaller() throws Exception {
    Figure plain = chart("x");
    Figure noted = new Figure("chart", "t", "c", plain.plots(), "12 prompts are left out.");
    String svg = press.svg(noted, Theme.LIGHT);
    assertThat(svg).contains("12 prompts are left out.");
    assertThat(height(svg)).isGreaterThan(height(press.svg(plain, Theme.LIGHT)) + 15);
  }

  private static int height(String svg) {
    var found = Pattern.compile(" height=\"(\\d+)\"").matcher(svg);
    assertThat(found.find()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  @Test
  void aSimplexShowsItsCornersAndPaths() {
    var figure =
        new Figure(
            "simplex",
            "t",
            "c",
            List.of(
                new Plot.Simplex(
                    "",
                    List.of("low", "middle", "high"),
                    List.of(
                        new Plot.Path(
                            "way",
                            List.of(new double[] {0.5, 0.3, 0.2}, new double[] {0, 0, 1}),
                            true)))));
    assertThat(press.svg(figure, Theme.LIGHT)).contains(">low<", ">middle<", ">high<", ">way<");
  }

  private static int corner(Theme theme) throws Exception {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(press.png(press.svg(chart("x"), theme))));
    assertThat(image.getWidth()).isEqualTo(1440);
    return image.getRGB(0, 0) & 0xffffff;
  }

  private static Figure chart(String title) {
    double[] n = {1, 10, 100};
    double[] kl = {0, 1.4, 3.6};
    return new Figure(
        "chart",
        "t",
        "c",
        List.of(
            new Plot.Chart(
                title,
                Axis.draws(100),
                Axis.linear("KL divergence, nats", 0, 4),
                List.of(new Line("textbook K_n", Evidence.THEOREM, Role.UPPER_BOUND, n, kl)),
                List.of(new Region("band", n, new Band("band", new double[] {0, 1, 2}, kl))))));
  }
}
