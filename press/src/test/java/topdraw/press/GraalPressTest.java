package topdraw.press;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
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
