package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topdraw.estimate.PromptCurves;
import topdraw.words.text.CurveCsv;

/// The page of an analysis in a real browser, from disk. What a reader does is done by a script
/// that the test adds, and that the copy of the page under test allows by its hash. Skipped, with a
/// message, where there is no Chromium.
class AnalysisPageBrowserTest {
  private static final Pattern SEEN =
      Pattern.compile("<div data-n=\"(\\d+)\" class=\"card at\">(.*?)</table>", Pattern.DOTALL);

  /// Writes the least contrast between words and their ground on the page, by the formula of WCAG.
  private static final String CONTRAST =
      """
      const channel = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
      const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
          const colour = parse(getComputedStyle(at).backgroundColor);
          if (colour.length < 4 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
      };
      const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      let least = 99;
      let words = '';
      document.querySelectorAll('main *').forEach((node) => {
        const says = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        const style = getComputedStyle(node);
        if (!says || node.disabled || node.closest('svg, [hidden], noscript, option')) return;
        const now = ratio(light(parse(style.color)), light(ground(node)));
        if (now < least) { least = now; words = node.textContent.slice(0, 60); }
      });
      document.body.dataset.contrast = least.toFixed(2) + ' ' + words;
      """;

  @TempDir Path folder;

  @Test
  void everyChartIsDrawnAndTheBrowserComplainsOfNothing() throws Exception {
    var visit = visit(SampleAnalysis.of(6, 16), "");

    assertThat(visit.console()).isEmpty();
    assertThat(count("<svg", beforeCards(visit))).isEqualTo(5);
    assertThat(count(">textbook</text>", beforeCards(visit))).isEqualTo(2);
  }

  @ParameterizedTest(name = "at place {0} of the slider")
  @ValueSource(ints = {0, 1, 5, 7})
  void theSliderShowsTheNumbersOfTheTwinAtItsN(int place) throws Exception {
    SampleAnalysis sample = SampleAnalysis.of(6, 16);
    JsonNode at = AnalysisPageTest.twin(sample.report()).get("curve").get(place);

    var visit = visit(sample, slideTo(place));

    assertThat(visit.console()).isEmpty();
    var seen = SEEN.matcher(visit.document()).results().toList();
    assertThat(seen).as("tables in sight").hasSize(1);
    assertThat(seen.getFirst().group(1)).isEqualTo(at.get("n").toString());
    assertThat(AnalysisPageTest.numbers(seen.getFirst().group(2)))
        .containsExactlyInAnyOrderElementsOf(AnalysisPageTest.values(at));
    assertThat(visit.document()).contains("aria-valuetext=\"n = " + at.get("n") + "\"");
    assertThat(count(">n = " + at.get("n") + "</text>", beforeCards(visit)))
        .as("marks in the charts")
        .isEqualTo(5);
  }

  /// Presses the three buttons below a chart, and writes into the page what would be saved.
  private static final String SAVE =
      """
      const blobs = [];
      const names = [];
      let canvas;
      window.Blob = class { constructor(parts, { type }) { Object.assign(this, { parts, type }); } };
      URL.createObjectURL = (blob) => { blobs.push(blob); return 'blob:'; };
      HTMLAnchorElement.prototype.click = function () { names.push(this.download); };
      HTMLCanvasElement.prototype.toBlob = function (done, type) { canvas = this; done(new Blob([], { type })); };
      const out = (id, text) => {
        const node = document.createElement('pre');
        node.id = id;
        node.textContent = text;
        document.body.append(node);
      };
      (async () => {
        dispatchEvent(new Event('beforeprint'));
        for (const button of document.querySelectorAll('%s .save:first-of-type button')) {
          button.focus();
          out('label', document.activeElement.getAttribute('aria-label'));
          const before = blobs.length;
          button.click();
          for (let i = 0; i < 50 && blobs.length === before; i++) await null;
        }
        const [svg, , csv] = blobs;
        out('svg', svg.parts.join(''));
        out('csv', csv.parts.join(''));
        const { width, height } = canvas;
        const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        let ink = 0;
        for (let i = 0; i < pixels.length; i += 4) ink += pixels[i] < 128 ? 1 : 0;
        out('png', [width, height, ...pixels.slice(0, 4), ink > 2000].join(' '));
        out('names', names.slice(0, 3).join(' ') + ' ' + blobs.slice(0, 3).map((blob) => blob.type).join(' '));
      })();
      """;

  private static String saved(Chromium.Visit visit, String id) {
    var found =
        Pattern.compile("<pre id=\"" + id + "\">(.*?)</pre>", Pattern.DOTALL)
            .matcher(visit.document());
    assertThat(found.find()).as(id + " in " + visit.console()).isTrue();
    return found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  @Test
  void aChartIsSavedAsThreeFilesWithTheColumnsOfTheCommand() throws Exception {
    SampleAnalysis sample = SampleAnalysis.of(6, 16);

    var visit =
        visit(sample, SAVE.formatted("#chart-kl"), "--blink-settings=preferredColorScheme=0");

    assertThat(visit.console()).isEmpty();
    assertThat(saved(visit, "label")).isEqualTo("Save Drift as SVG");
    assertThat(saved(visit, "names"))
        .isEqualTo("drift.svg drift.png drift.csv image/svg+xml image/png text/csv");
    assertThat(saved(visit, "svg"))
        .startsWith("<svg width=\"720\"")
        .endsWith("</svg>")
        .contains(">textbook</text>", "fill=\"#ffffff\"")
        .as("no style that a page's policy would refuse, no mark of the slider")
        .doesNotContain("<style", "class=", ">n = ");
    assertThat(saved(visit, "png"))
        .as("white in the dark too")
        .matches("1440 \\d+ 255 255 255 255 true");
    assertThat(saved(visit, "csv").lines())
        .containsExactlyElementsOf(
            CurveCsv.of(sample.report())
                .lines()
                .filter(line -> line.startsWith("selection") || line.contains(",kl,nats,"))
                .toList());
  }

  @Test
  void aCardIsSavedWithItsLegendAndItsKeyBeforeTheSameColumns() throws Exception {
    SampleAnalysis sample = SampleAnalysis.of(3, 16);

    var visit = visit(sample, SAVE.formatted("#cards article:first-child"));

    assertThat(visit.console()).isEmpty();
    assertThat(saved(visit, "svg")).contains(">reward</text>", ">estimate</text>");
    List<String> lines = saved(visit, "csv").lines().toList();
    assertThat(lines.getFirst()).isEqualTo("prompt_id," + String.join(",", CurveCsv.COLUMNS));
    List<PromptCurves.Point> points =
        sample.analysis().byPrompt().getFirst().curves().getFirst().points();
    assertThat(lines).hasSize(1 + points.size());
    for (int i = 0; i < points.size(); i++) {
      String[] cells = lines.get(1 + i).split(",", -1);
      assertThat(cells).startsWith("plain 0", "best_of_n", "score", "", "", "" + points.get(i).n());
      assertThat(Double.parseDouble(cells[1 + CurveCsv.COLUMNS.indexOf("value")]))
          .isEqualTo(points.get(i).value());
      assertThat(cells[1 + CurveCsv.COLUMNS.indexOf("evidence")]).isEqualTo("estimate");
      assertThat(cells[1 + CurveCsv.COLUMNS.indexOf("samples")]).isEqualTo("16");
    }
  }

  @Test
  void aHostileRecordingIsShownAndNotObeyed() throws Exception {
    var visit =
        visit(
            SampleAnalysis.of(2, 8).saying(SampleReport.HOSTILE),
            "document.querySelectorAll('details').forEach((one) => { one.open = true; });");

    assertThat(visit.console()).isEmpty();
    assertThat(ReportPageTest.RUNNING.matcher(visit.document()).replaceAll(""))
        .contains("&lt;/script&gt;&lt;img src=x onerror=")
        .contains("answer 1")
        .doesNotContain("<img", "<title>owned");
  }

  @Test
  void fiveHundredPromptsAreTurnedOverAPageAtATimeAndDrawnWhenTheyAreSeen() throws Exception {
    SampleAnalysis sample = SampleAnalysis.of(500, 16);

    var opened = visit(sample, "");
    var turned =
        visit(
            sample,
            "document.getElementById('later').click();"
                + "document.getElementById('cards').scrollIntoView();");

    assertThat(opened.console()).isEmpty();
    assertThat(count("<article class=\"panel prompt\"", opened.document())).isEqualTo(24);
    assertThat(count("<svg", cards(opened))).as("cards drawn out of sight").isZero();
    assertThat(opened.document()).contains("1 to 24 of 500");
    assertThat(turned.document()).contains("25 to 48 of 500");
    assertThat(count("<article class=\"panel prompt\"", turned.document())).isEqualTo(24);
    assertThat(count("<svg", cards(turned))).isBetween(1L, 24L);
  }

  @Test
  void promptsAreOrderedByTheirNumberAtTheChosenN() throws Exception {
    SampleAnalysis sample = SampleAnalysis.of(30, 16);
    PromptData data = PromptData.of(sample.analysis());
    String largest =
        data.prompts().stream()
            .max(
                java.util.Comparator.comparingDouble(
                    prompt -> prompt.values().getFirst().getFirst().get(2)))
            .orElseThrow()
            .title();

    var visit =
        visit(
            sample,
            slideTo(2)
                + "const order = document.getElementById('order'); order.selectedIndex = 1;"
                + "order.dispatchEvent(new Event('change'));");

    assertThat(cards(visit)).containsPattern("^[^>]*>\\s*<article[^>]*><h3[^>]*>" + largest + "<");
  }

  @ParameterizedTest(name = "preferred colour scheme {0}")
  @ValueSource(ints = {0, 1})
  void everyWordStandsOutFromItsGroundInDarkAndLight(int scheme) throws Exception {
    for (SampleAnalysis sample :
        List.of(SampleAnalysis.of(2, 8), SampleAnalysis.of(2, 8).withoutLogProbabilities())) {
      var visit = visit(sample, CONTRAST, "--blink-settings=preferredColorScheme=" + scheme);

      var found = Pattern.compile("data-contrast=\"([0-9.]+) ([^\"]*)").matcher(visit.document());
      assertThat(found.find()).isTrue();
      assertThat(Double.parseDouble(found.group(1))).as(found.group(2)).isGreaterThan(4.5);
      assertThat(count("fill=\"#1f2328\"", visit.document()) > 0).isEqualTo(scheme == 1);
    }
  }

  @Test
  void onPaperEveryTableIsUnfoldedAndEveryCardDrawn() throws Exception {
    var visit = visit(SampleAnalysis.of(30, 16), "dispatchEvent(new Event('beforeprint'));");

    assertThat(visit.console()).isEmpty();
    assertThat(visit.document()).doesNotContainPattern("<details class=\"[^\"]*\">");
    assertThat(count("<svg", cards(visit))).isEqualTo(24);
    assertThat(visit.document())
        .contains("Printed are 24 of 30 prompts; the numbers of all stand in analysis.json.</p>");
  }

  private static String slideTo(int place) {
    return "const n = document.getElementById('n'); n.value = '%d'; n.dispatchEvent(new Event('input'));"
        .formatted(place);
  }

  private Chromium.Visit visit(SampleAnalysis sample, String reader, String... options)
      throws Exception {
    Path page = folder.resolve("report.html");
    String html = AnalysisPage.html(sample.report(), "analysis.json");
    Files.writeString(
        page,
        html.replaceFirst("script-src ", "script-src " + Assets.hash(reader) + " ")
            + ("<script>" + reader + "</script>"));
    return Chromium.in(folder).open(page, options);
  }

  private static String beforeCards(Chromium.Visit visit) {
    return visit.document().substring(0, visit.document().indexOf("id=\"by-prompt\""));
  }

  private static String cards(Chromium.Visit visit) {
    String document = visit.document();
    return document.substring(document.indexOf("id=\"cards\""), document.indexOf("id=\"audit\""));
  }

  private static long count(String text, String document) {
    return Pattern.compile(text, Pattern.LITERAL).matcher(document).results().count();
  }
}
