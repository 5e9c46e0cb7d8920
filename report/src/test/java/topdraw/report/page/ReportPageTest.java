package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.json.Json;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Curve;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureJson;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

class ReportPageTest {
  static final Pattern RUNNING =
      Pattern.compile("<(?:script|style)>(.*?)</(?:script|style)>", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void thePageIsOneFileThatReplacesTheOldOne() throws Exception {
    Path page = folder.resolve("run/report/index.html");
    ReportPage.write(SampleReport.titled("Old", "Paris."), page);
    ReportPage.write(SampleReport.titled("New", "Paris."), page);

    assertThat(Files.readString(page)).contains("<title>New</title>");
    try (var files = Files.list(page.getParent())) {
      assertThat(files).containsExactly(page);
    }
  }

  @Test
  void aFolderThatIsAFileIsNamedInTheError() throws Exception {
    Path blocked = Files.writeString(folder.resolve("run"), "a file");

    assertThatThrownBy(
            () -> ReportPage.write(SampleReport.of("Paris."), blocked.resolve("report.html")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + blocked.resolve("report.html") + ": ")
        .hasMessageContaining("is a file, not a folder");
  }

  @Test
  void aReportThatCannotReplaceAFolderLeavesNothingBehind() throws Exception {
    Path taken = Files.createDirectories(folder.resolve("report.html"));

    assertThatThrownBy(() -> ReportPage.write(SampleReport.of("Paris."), taken))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + taken + ": ");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void theSecurityPolicyNamesExactlyTheScriptsAndTheStyleOfThePage() throws Exception {
    String page = ReportPage.html(SampleReport.of(SampleReport.HOSTILE));
    String policy = first("Content-Security-Policy\" content=\"([^\"]*)\"", page);

    List<String> inPage =
        RUNNING.matcher(page).results().map(found -> sha256(found.group(1))).toList();
    List<String> allowed =
        Pattern.compile("sha256-[A-Za-z0-9+/=]+")
            .matcher(policy)
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(allowed).hasSize(4).containsExactlyElementsOf(inPage);
    assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String page = ReportPage.html(SampleReport.of("See https://example.org/ for more."));
    String markup = RUNNING.matcher(page).replaceAll("");

    assertThat(markup)
        .doesNotContain("src=", "<link", "url(", "@import")
        .doesNotContain("href=\"http");
    assertThat(Assets.style() + Assets.figures() + Assets.mount())
        .doesNotContain("http:", "https:", "url(", "@import", "fetch(", "innerHTML");
  }

  @Test
  void aHostileTextIsATextNodeWhereverItStands() {
    Report report = SampleReport.titled(SampleReport.HOSTILE, SampleReport.HOSTILE);
    String page = ReportPage.html(report);

    assertThat(RUNNING.matcher(page).replaceAll(""))
        .doesNotContain("<img", "<!-- ", "\u0000", "\u001b")
        .contains("&lt;img src=x", "␛[31m");
    assertThat(count("</script>", page)).isEqualTo(4);
  }

  @Test
  void theDataOfTheFiguresCannotLeaveItsScript() {
    var curve = SampleReport.of("").figures().getFirst().panels().getFirst().kl().getFirst();
    String name = "</script><!--&\u2028\u2029>";
    var hostile = new Curve(name, curve.evidence(), curve.role(), curve.values());

    String json = FigureJson.ofPrompts(List.of(figureOf(hostile)));

    assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(Json.read(json).at("/0/panels/0/kl/0/name").asString()).isEqualTo(name);
    assertThat(Json.read(json).at("/0/panels/0/kl/0/values/15").asDouble())
        .isEqualTo(SampleReport.textbook(16));
  }

  @Test
  void aNumberShowsFourDigitsAndKeepsAllOfThem() {
    String full = Double.toString(SampleReport.textbook(16));

    assertThat(ReportPage.html(SampleReport.of("Paris.")))
        .contains("<data value=\"" + full + "\" title=\"" + full + "\">1.836</data>");
  }

  @Test
  void everyEvidenceWordIsExplained() {
    assertThat(ReportPage.html(SampleReport.of("Paris.")))
        .contains(">exact</span>", ">theorem</span>", ">estimate</span>", ">conjecture</span>");
  }

  @Test
  void aReportWithoutFiguresIsStillAPage() {
    Report sample = SampleReport.of("Paris.");
    var empty =
        new Report(
            sample.title(),
            sample.lead(),
            Optional.empty(),
            List.of(),
            sample.provenance(),
            sample.versions(),
            sample.drawnAt(),
            sample.method());

    assertThat(ReportPage.html(empty)).contains("Drawing the same again").endsWith("</html>\n");
  }

  @Test
  void anOpeningComesBeforeTheFiguresAndTheirTableIsADetail() {
    Report sample = SampleReport.of("Paris.");
    Finding share =
        Finding.theorem(
            Quantity.KL, Role.UPPER_BOUND, 1.8351, new Estimator("t", "textbook"), List.of());
    var opening =
        new Opening(
            List.of("Gained: much.", "Cost: <little>."),
            new Figure(
                "against-drift",
                "Right answers against drift",
                "What is drawn.",
                List.of(
                    new Plot.Chart(
                        "",
                        Axis.linear("drift", 0, 1),
                        Axis.linear("right", 0, 1),
                        List.of(
                            new Line(
                                "true",
                                Evidence.ESTIMATE,
                                Role.VALUE,
                                new double[] {0, 0.5},
                                new double[] {0.4, 0.9})),
                        List.of()))),
            new Opening.Table(
                "Best of 16.",
                List.of("drift"),
                List.of(
                    new Opening.Row("What is it?", List.of(Optional.of(share))),
                    new Opening.Row("And that?", List.of(Optional.empty())))));
    String page =
        ReportPage.html(
            new Report(
                sample.title(),
                sample.lead(),
                Optional.of(opening),
                sample.figures(),
                sample.provenance(),
                sample.versions(),
                sample.drawnAt(),
                sample.method()));

    int at = 0; // not by a pattern of all of them, which tries every way through half a megabyte
    for (String part :
        List.of(
            "Cost: &lt;little&gt;.",
            "data-plate=\"0\"",
            "<data value=\"1.8351\"",
            "not known",
            "<dt>drift</dt>",
            "<details>",
            "class=\"summary\"",
            "data-figure=\"0\"",
            "id=\"plates\"")) {
      assertThat(page.indexOf(part, at)).as(part).isNotNegative();
      at = page.indexOf(part, at) + part.length();
    }
    assertThat(ReportPage.html(sample)).doesNotContain("id=\"plates\"", "id=\"opening\"");
  }

  private static PromptFigure figureOf(Curve curve) {
    PromptPanel panel = SampleReport.of("").figures().getFirst().panels().getFirst();
    return new PromptFigure(
        "A figure",
        "",
        List.of(
            new PromptPanel(
                panel.title(),
                panel.solidTo(),
                List.of(curve),
                panel.klBand(),
                List.of(),
                panel.findingsAt(),
                panel.findings(),
                panel.sentence(),
                panel.bestCompletion(),
                panel.note())));
  }

  private static String first(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("the page holds %s", pattern).isTrue();
    return matcher.group(1);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static long count(String text, String page) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(page).results().count();
  }
}
