package topdraw.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;

/// The slider over the values of n that were computed, and what is found at each: a table for every
/// n stands in the page, and the slider chooses which of them is seen.
final class NSlider {
  private NSlider() {}

  /// The slider, and the numbers most asked for at its n.
  static void bar(Html html, Analysis analysis) {
    int chosen = analysis.curve().indexOf(analysis.firm());
    int last = analysis.curve().size() - 1;
    html.open("div", "class", "slider card");
    html.open("label", "for", "n").text("n").close();
    html.empty(
        "input",
        "type",
        "range",
        "id",
        "n",
        "min",
        "0",
        "max",
        Integer.toString(last),
        "step",
        "1",
        "value",
        Integer.toString(chosen),
        "autocomplete",
        "off");
    for (int i = 0; i <= last; i++) {
      AtN at = analysis.curve().get(i);
      html.element(
          "output", brief(at), attributes(at.n(), i == chosen, "for", "n", "class", "brief"));
    }
    html.close();
  }

  /// A table for each n.
  static void tables(Html html, Analysis analysis) {
    List<Series> series =
        Series.byQuantity(analysis.curve()).values().stream().flatMap(List::stream).toList();
    html.open("section", "id", "findings").element("h2", "Findings at one n");
    for (AtN at : analysis.curve()) {
      table(html, at, series, analysis);
    }
    html.close();
  }

  private static void table(Html html, AtN at, List<Series> series, Analysis analysis) {
    html.open("div", attributes(at.n(), at.equals(analysis.firm()), "class", "card at"));
    List<Finding> findings =
        series.stream().map(one -> one.at(at)).flatMap(Optional::stream).toList();
    FindingsTable.write(html, caption(at, analysis), findings, withheld(analysis, at));
    html.close();
  }

  private static String caption(AtN at, Analysis analysis) {
    return "Findings at n = "
        + at.n()
        + (at.prompts() == analysis.prompts()
            ? ""
            : ", over the %d of %d prompts that have as many draws"
                .formatted(at.prompts(), analysis.prompts()));
  }

  /// What is withheld at this n: nothing that a finding of the same kind stands for.
  private static List<Withheld> withheld(Analysis analysis, AtN at) {
    return analysis.withheld().stream()
        .filter(one -> one.n().isEmpty() || one.n().getAsInt() == at.n())
        .filter(one -> !one.quantity().startsWith("rewind") && !one.quantity().equals("pass_rate"))
        .filter(one -> at.findings().stream().noneMatch(f -> same(f, one)))
        .toList();
  }

  private static boolean same(Finding finding, Withheld withheld) {
    return finding.quantity().equals(withheld.quantity())
        && Series.of(finding).source().equals(withheld.source());
  }

  /// The numbers most asked for, as estimated, in a line that stays in sight.
  private static String brief(AtN at) {
    return Stream.of("reward", "pass_at_k", "win_rate", "kl")
        .flatMap(
            quantity ->
                value(at, quantity).stream()
                    .map(f -> name(quantity) + " " + Words.number(f.value())))
        .collect(Collectors.joining(" · ", "n = " + at.n() + ": ", ""));
  }

  private static String name(String quantity) {
    return quantity.equals("kl") ? "drift" : Words.quantity(quantity);
  }

  private static Optional<Finding> value(AtN at, String quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity().equals(quantity) && f.role() == Role.VALUE)
        .findFirst();
  }

  private static String[] attributes(int n, boolean seen, String... more) {
    Stream<String> hidden = seen ? Stream.of() : Stream.of("hidden", "");
    return Stream.of(Stream.of("data-n", Integer.toString(n)), Stream.of(more), hidden)
        .flatMap(part -> part)
        .toArray(String[]::new);
  }
}
