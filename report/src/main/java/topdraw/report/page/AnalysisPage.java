package topdraw.report.page;

import java.util.ArrayList;
import java.util.List;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.report.figure.Figure;
import topdraw.report.figure.FigureJson;
import topdraw.words.AnalysisReport;
import topdraw.words.json.AnalysisJson;
import topdraw.words.text.CurveCsv;

/// The page of an analysis: curves, the numbers at the n that a slider chooses, prompts, audit,
/// method and provenance. Nothing on it is computed by the browser: every number was there before.
final class AnalysisPage {
  private AnalysisPage() {}

  /// The page as text.
  ///
  /// @param report what it says
  /// @param twin the file name of its JSON twin, which lies beside it
  static String html(AnalysisReport report, String twin) {
    Analysis analysis = report.analysis();
    List<Figure> figures = new ArrayList<>(AnalysisChart.of(analysis));
    report
        .study()
        .map(study -> AnalysisChart.of(study, analysis))
        .ifPresent(
            study -> {
              // The same curve with a wider band: one of the two is enough.
              figures.removeIf(figure -> figure.id().equals("chart-gold-reward"));
              figures.add(study);
            });
    String title = "Best of n, from " + report.source().words();
    var html = new Html();
    html.open("html", "lang", "en", "data-made-by", AnalysisJson.MADE_BY);
    PageShell.ANALYSIS.head(html, title);
    html.open("body").open("main");
    html.element("h1", title, "dir", "auto", "class", "model");
    html.element("p", report.sentence(), "class", "lead");
    html.element("p", counts(analysis), "class", "muted");
    html.element(
        "noscript",
        "The figures and the slider need JavaScript; every number stands in a table below.");
    EvidenceLegend.write(html);
    AuditSection.alert(html, analysis);
    html.open("div", "id", "over-n").element("h2", "Over n");
    NSlider.bar(html, analysis);
    curves(html, figures);
    NSlider.tables(html, analysis);
    PromptSection.write(html, analysis, twin);
    html.close();
    OveroptimizationSection.write(html, report);
    AdviceSection.write(html, report);
    AuditSection.write(html, analysis);
    EveryNumber.write(html, analysis);
    MethodSection.write(html, report);
    SourceSection.write(html, report, twin);
    html.close();
    PageShell.data(html, "plates", FigureJson.of(figures));
    PageShell.data(html, "tables", FigureJson.inScript(tables(report, figures)));
    PageShell.data(html, "prompts", PromptData.json(analysis));
    PageShell.ANALYSIS.scripts(html);
    return html.close().close().page();
  }

  /// The numbers of each figure in the columns of the table that the command writes.
  private static List<String> tables(AnalysisReport report, List<Figure> figures) {
    List<AtN> study = report.study().map(CurveCsv::curve).orElse(List.of());
    return figures.stream()
        .map(
            figure ->
                CurveCsv.of(
                    report.analysis().question(),
                    AnalysisChart.of(
                        figure,
                        figure.id().startsWith(AnalysisChart.STUDY)
                            ? study
                            : report.analysis().curve())))
        .toList();
  }

  private static String counts(Analysis analysis) {
    return "%,d %s, %,d %s, reward %s"
        .formatted(
            analysis.prompts(),
            analysis.prompts() == 1 ? "prompt" : "prompts",
            analysis.samples(),
            analysis.samples() == 1 ? "sample" : "samples",
            analysis.question().reward());
  }

  private static void curves(Html html, List<Figure> figures) {
    html.open("div", "class", "panels");
    for (int i = 0; i < figures.size(); i++) {
      html.open("article", "class", "panel", "id", figures.get(i).id());
      html.element("h3", figures.get(i).title());
      FigurePage.chart(html, figures.get(i), i);
      html.element("p", figures.get(i).caption(), "class", "small muted").close();
    }
    html.close();
  }
}
