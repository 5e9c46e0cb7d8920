package topdraw.report.page;

import java.util.List;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Overoptimization.Fit;
import topdraw.estimate.Overoptimization.HoldOut;
import topdraw.words.AnalysisReport;
import topdraw.words.json.OveroptimizationJson;

/// What selection does to the gold reward: the n chosen on one half of the prompts and judged on
/// the other, and the fitted curves. Its own curve stands with the others.
final class OveroptimizationSection {
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
    study.holdOut().ifPresent(held -> held(html, held));
    study.fits().forEach(fit -> fit(html, fit));
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
                fit.axis().word(),
                Words.number(fit.fit().rSquared()),
                fit.fit().peakIsMeasured() ? "" : "; its peak is not within the drifts measured"),
        fit.findings(),
        List.of());
    html.close();
  }
}
