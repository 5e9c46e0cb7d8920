package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, from disk. Skipped, with a message, where there is no Chromium.
class ReportPageBrowserTest {
  private static final Pattern LABEL =
      Pattern.compile("<text[^>]* y=\"([0-9.]+)\"[^>]*>(?:theorem|estimate)[a-z, ]*</text>");

  @TempDir Path folder;

  @Test
  void everyChartIsDrawnAndTheBrowserComplainsOfNothing() throws Exception {
    var visit = visit(SampleReport.of("Paris."));

    assertThat(visit.console()).isEmpty();
    assertThat(count("<svg", visit.document())).isEqualTo(2 * 4 * 2);
    assertThat(count("textbook K_n</text>", visit.document())).isEqualTo(2 * 4);
    assertThat(count(">estimate of an upper bound</text>", visit.document())).isEqualTo(3 * 2 * 4);
  }

  @Test
  void labelsAtLineEndsNeverCoverEachOther() throws Exception {
    String document = visit(SampleReport.of("Paris.")).document();

    List<List<Double>> charts =
        Arrays.stream(document.split("<svg")).skip(1).map(ReportPageBrowserTest::labels).toList();

    assertThat(charts).allSatisfy(places -> assertThat(places).hasSizeGreaterThanOrEqualTo(2));
    assertThat(charts).allSatisfy(ReportPageBrowserTest::apart);
  }

  @Test
  void aReaderWhoPrefersTheDarkGetsLightInk() throws Exception {
    Path page = folder.resolve("report.html");
    ReportPage.write(SampleReport.of("Paris."), page);

    String dark =
        Chromium.in(folder).open(page, "--blink-settings=preferredColorScheme=0").document();
    String light =
        Chromium.in(folder).open(page, "--blink-settings=preferredColorScheme=1").document();

    assertThat(count("fill=\"#e9edf2\"", dark)).isPositive();
    assertThat(count("fill=\"#1f2328\"", dark)).isZero();
    assertThat(count("fill=\"#1f2328\"", light)).isPositive();
  }

  @Test
  void aHostileCompletionIsShownAndNotObeyed() throws Exception {
    var visit = visit(SampleReport.titled("A quiet title", SampleReport.HOSTILE));

    assertThat(visit.console()).isEmpty();
    assertThat(ReportPageTest.RUNNING.matcher(visit.document()).replaceAll(""))
        .contains("<title>A quiet title</title>")
        .contains("&lt;/script&gt;&lt;img src=x onerror=")
        .doesNotContain("<img");
  }

  @Test
  void theSecurityPolicyStopsAScriptThatIsNotOurs() throws Exception {
    Path page = folder.resolve("report.html");
    String foreign = "<script>document.title='owned'</script>";
    Files.writeString(page, ReportPage.html(SampleReport.of("Paris.")) + foreign);

    var visit = Chromium.in(folder).open(page);

    assertThat(visit.document()).doesNotContain("<title>owned");
    assertThat(visit.console()).singleElement().asString().contains("Content Security Policy");
  }

  private Chromium.Visit visit(Report report) throws Exception {
    Path page = folder.resolve("report.html");
    ReportPage.write(report, page);
    return Chromium.in(folder).open(page);
  }

  /// The heights at which a chart's evidence words stand, from the top down.
  private static List<Double> labels(String svg) {
    return LABEL
        .matcher(svg)
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .sorted()
        .toList();
  }

  private static void apart(List<Double> places) {
    for (int i = 1; i < places.size(); i++) {
      assertThat(places.get(i) - places.get(i - 1)).as("pixels between labels").isGreaterThan(27);
    }
  }

  private static long count(String text, String document) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(document).results().count();
  }
}
