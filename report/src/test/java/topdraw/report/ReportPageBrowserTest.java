package topdraw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, from disk. Skipped, with a message, where there is no Chromium.
class ReportPageBrowserTest {
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
    String foreign = "<script>document.title='owned'</script></body>";
    Files.writeString(page, ReportPage.html(SampleReport.of("Paris.")).replace("</body>", foreign));

    var visit = Chromium.in(folder).open(page);

    assertThat(visit.document()).doesNotContain("<title>owned");
    assertThat(visit.console()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  private Chromium.Visit visit(Report report) throws Exception {
    Path page = folder.resolve("report.html");
    ReportPage.write(report, page);
    return Chromium.in(folder).open(page);
  }

  private static long count(String text, String document) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(document).results().count();
  }
}
