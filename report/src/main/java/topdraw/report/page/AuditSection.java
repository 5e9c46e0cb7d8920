package topdraw.report.page;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import topdraw.audit.Verdict;
import topdraw.audit.Verdict.Level;
import topdraw.estimate.Analysis;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.QuantityWords;

/// What the audit found in the samples, and the numbers that they therefore cannot support.
final class AuditSection {
  private AuditSection() {}

  /// A word at the top of the page when the audit refused something that nothing else tells. What
  /// was merely not recorded needs none.
  static void alert(Html html, Analysis analysis) {
    Set<String> refusals =
        analysis.verdicts().stream()
            .filter(verdict -> verdict.level() == Level.REFUSE)
            .map(Verdict::reason)
            .collect(Collectors.toSet());
    Set<String> refused =
        analysis.withheld().stream()
            .filter(one -> refusals.contains(one.reason()))
            .filter(one -> !told(analysis, one.quantity()))
            .map(one -> QuantityWords.of(one.quantity()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (refused.isEmpty()) {
      return;
    }
    html.open("p", "class", "card refused");
    html.element("span", "withheld", "class", "badge refuse");
    html.text(
        " Some numbers are not shown, because these samples cannot support them: "
            + String.join(", ", refused)
            + ". ");
    html.element("a", "Why", "href", "#audit").close();
  }

  /// Whether the page shows the quantity itself, by another estimator.
  private static boolean told(Analysis analysis, Quantity quantity) {
    return analysis.curve().stream()
        .flatMap(at -> at.findings().stream())
        .anyMatch(finding -> finding.quantity() == quantity && finding.role() == Role.VALUE);
  }

  static void write(Html html, Analysis analysis) {
    html.open("section", "id", "audit").element("h2", "Audit");
    html.element(
        "p",
        "Looked at before anything was computed. A number whose data fail a check is withheld.",
        "class",
        "caption");
    html.open("div", "class", "card scroll").open("table");
    head(html, "check", "verdict", "what was found", "where first");
    analysis.verdicts().forEach(verdict -> row(html, verdict));
    html.close().close().close();
    withheld(html, analysis.withheld());
    html.close();
  }

  static void head(Html html, String... names) {
    html.open("thead").open("tr");
    for (String name : names) {
      html.element("th", name, "scope", "col");
    }
    html.close().close().open("tbody");
  }

  private static void row(Html html, Verdict verdict) {
    html.open("tr").element("th", verdict.check(), "scope", "row").open("td");
    html.element("span", verdict.level().word(), "class", "badge " + verdict.level().word());
    html.close().element("td", verdict.reason());
    html.element(
        "td",
        verdict.level() == Level.OK ? "" : String.join("; ", verdict.places()),
        "class",
        "small muted model");
    html.close();
  }

  /// Numbers that one reason withholds stand together.
  private static void withheld(Html html, List<Withheld> withheld) {
    if (withheld.isEmpty()) {
      return;
    }
    Map<String, List<Withheld>> byReason =
        withheld.stream()
            .collect(
                Collectors.groupingBy(Withheld::reason, LinkedHashMap::new, Collectors.toList()));
    html.element("h3", "Withheld, by estimator").open("div", "class", "card scroll").open("table");
    head(html, "why", "which numbers");
    byReason.forEach(
        (reason, numbers) -> {
          html.open("tr").element("td", reason).open("td");
          numbers.forEach(one -> html.element("div", number(one)));
          html.close().close();
        });
    html.close().close().close();
  }

  private static String number(Withheld withheld) {
    return QuantityWords.of(withheld.quantity())
        + " ("
        + withheld.source().title()
        + ")"
        + (withheld.n().isPresent() ? " at n = " + withheld.n().getAsInt() : "");
  }
}
