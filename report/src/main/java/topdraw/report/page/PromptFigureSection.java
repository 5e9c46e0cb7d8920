package topdraw.report.page;

import java.util.List;
import java.util.stream.Collectors;
import topdraw.report.figure.Curve;
import topdraw.report.figure.PromptFigure;
import topdraw.report.figure.PromptPanel;
import topdraw.words.EvidenceWords;

/// One figure as HTML: its panels, each with its charts, what they say, and the numbers behind.
final class PromptFigureSection {
  private PromptFigureSection() {}

  /// The anchor of a panel.
  static String id(int figure, int panel) {
    return "figure-" + (figure + 1) + "-panel-" + (panel + 1);
  }

  static void write(Html html, PromptFigure figure, int index) {
    html.open("section").element("h2", figure.title());
    html.element("p", figure.caption(), "class", "caption").open("div", "class", "panels");
    for (int i = 0; i < figure.panels().size(); i++) {
      panel(html, figure.panels().get(i), index, i);
    }
    html.close().close();
  }

  private static void panel(Html html, PromptPanel panel, int figure, int index) {
    html.open("article", "class", "panel", "id", id(figure, index));
    html.element("h3", panel.title(), "class", "model", "dir", "auto");
    chart(html, "kl", "KL divergence in nats", panel, panel.kl(), figure, index);
    if (!panel.winRate().isEmpty()) {
      chart(html, "winRate", "Win rate", panel, panel.winRate(), figure, index);
    }
    html.element("p", panel.sentence(), "class", "sentence");
    if (!panel.note().isEmpty()) {
      html.element("p", panel.note(), "class", "small muted");
    }
    best(html, panel);
    html.open("details").element("summary", "Every number at n = " + panel.findingsAt());
    FindingsTable.write(html, "Findings at n = " + panel.findingsAt(), panel.findings(), List.of());
    html.close().close();
  }

  private static void best(Html html, PromptPanel panel) {
    html.open("details").element("summary", "The best completion");
    html.element("blockquote", panel.bestCompletion(), "class", "model", "dir", "auto").close();
  }

  private static void chart(
      Html html,
      String kind,
      String axis,
      PromptPanel panel,
      List<Curve> curves,
      int figure,
      int index) {
    html.element(
        "div",
        "",
        "class",
        "chart",
        "role",
        "img",
        "aria-label",
        alternative(axis, panel, curves),
        "data-chart",
        kind,
        "data-figure",
        Integer.toString(figure),
        "data-panel",
        Integer.toString(index));
  }

  /// The picture in words: where each curve stands at the n of the table, and where it ends.
  private static String alternative(String axis, PromptPanel panel, List<Curve> curves) {
    return curves.stream()
        .map(curve -> ends(curve, panel.findingsAt()))
        .collect(Collectors.joining("; ", axis + " against n. ", "."));
  }

  private static String ends(Curve curve, int at) {
    double[] values = curve.values();
    String name = curve.name() + " (" + EvidenceWords.of(curve.evidence(), curve.role()) + "): ";
    String last = Words.number(values[values.length - 1]) + " at n = " + values.length;
    return at >= values.length
        ? name + last
        : name + Words.number(values[at - 1]) + " at n = " + at + ", " + last;
  }
}
