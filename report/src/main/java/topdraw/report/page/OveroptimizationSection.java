package topdraw.report.page;

import java.util.List;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Overoptimization.Fit;
import topdraw.estimate.Overoptimization.HoldOut;
import topdraw.estimate.Overoptimization.Point;
import topdraw.theory.finding.Quantity;
import topdraw.words.AnalysisReport;
import topdraw.words.QuantityWords;
import topdraw.words.json.OveroptimizationJson;

/// What selection does to the gold reward: the n chosen on one half of the prompts and judged on
/// the other, and the fitted curves. Its own curve stands with the others.
final class OveroptimizationSection {
  private static final List<Quantity> JUDGED =
      List.of(Quantity.RECOVERED_GAIN, Quantity.TOP_AGREEMENT, Quantity.TOP_AGREEMENT_BY_CHANCE);

  private OveroptimizationSection() {}

  static void write(Html html, AnalysisReport report) {
    if (report.analysis().question().gold().isEmpty()) {
      return;
    }
    html.open("section", "id", "overoptimization").element("h2", "Over-optimisation");
    report
        .study()
        .ifPresentOrElse(
            study -> study(html, study),
            () -> {
              html.open("p", "class", "card");
              html.element("span", "withheld", "class", "badge refuse");
              html.text(" " + OveroptimizationJson.TOO_FEW).close();
            });
    html.close();
  }

  private static void study(Html html, Overoptimization study) {
    judge(html, study);
    study.holdOut().ifPresent(held -> held(html, held));
    study.told().forEach(fit -> fit(html, fit));
  }

  /// Whether the proxy is good enough to choose by: what it recovers of the gain of choosing by
  /// gold, how often its choice is a best one, and what pairs of draws say.
  private static void judge(Html html, Overoptimization study) {
    List<Point> points = study.points().stream().filter(point -> point.n() > 1).toList();
    if (points.isEmpty()) {
      return;
    }
    html.open("div", "class", "card", "id", "judge").open("div", "class", "scroll").open("table");
    html.element(
        "caption",
        "Is %s good enough to choose by? Judged by %s; estimates"
            .formatted(study.question().proxy(), study.question().gold()));
    html.open("thead").open("tr").element("th", "n", "scope", "col");
    for (Quantity quantity : JUDGED) {
      html.element("th", QuantityWords.of(quantity), "scope", "col");
    }
    html.close().close().open("tbody");
    for (Point point : points) {
      html.open("tr").element("th", Integer.toString(point.n()), "scope", "row");
      for (Quantity quantity : JUDGED) {
        html.open("td", "class", "number");
        point.findings().stream()
            .filter(finding -> finding.quantity() == quantity)
            .findFirst()
            .ifPresentOrElse(finding -> FindingsTable.number(html, finding), () -> html.text("–"));
        html.close();
      }
      html.close();
    }
    html.close().close().close();
    html.element(
        "p",
        "A recovered gain of 1 is choosing by gold itself, 0 choosing at random; – where the gain of"
            + " choosing by gold is within its noise.",
        "class",
        "small muted");
    FindingsTable.write(html, "Pairs of draws of one prompt", study.pairs(), List.of());
    html.close();
  }

  private static void held(Html html, HoldOut held) {
    html.open("div", "class", "card");
    FindingsTable.write(
        html,
        "Chosen on %d prompts: n = %d. On the other %d, against n = 1"
            .formatted(held.chosenOn(), held.n(), held.judgedOn()),
        held.findings(),
        List.of());
    html.close();
  }

  private static void fit(Html html, Fit fit) {
    html.open("div", "class", "card");
    FindingsTable.write(
        html,
        "Gao's curve d (alpha − beta d), d = sqrt(KL), drift axis: %s, R² = %s%s"
            .formatted(
                fit.axis().words(),
                Words.number(fit.fit().rSquared()),
                fit.fit().peakIsMeasured() ? "" : "; its peak is not within the drifts measured"),
        fit.findings(),
        List.of());
    html.close();
  }
}
