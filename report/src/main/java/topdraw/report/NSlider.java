package topdraw.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.Withheld;
import topdraw.theory.Finding;
import topdraw.theory.Finding.Role;

/// The slider over the values of n that were computed, and what is found at each: a table for every
/// n stands in the page, and the slider chooses which of them is seen.
final class NSlider {
  private NSlider() {}

  static void write(Html html, Analysis analysis) {
    List<AtN> curve = analysis.curve();
    int chosen = curve.indexOf(analysis.firm());
    html.open("section", "id", "at-n").element("h2", "At one n");
    bar(html, analysis, chosen);
    for (int i = 0; i < curve.size(); i++) {
      at(html, curve.get(i), analysis, i == chosen);
    }
    html.close();
  }

  private static void bar(Html html, Analysis analysis, int chosen) {
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

  private static void at(Html html, AtN at, Analysis analysis, boolean seen) {
    html.open("div", attributes(at.n(), seen, "class", "card at"));
    FindingsTable.write(html, caption(at, analysis), at.findings(), withheld(analysis, at));
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
                    .map(f -> Words.quantity(quantity) + " " + Words.number(f.value())))
        .collect(Collectors.joining(" · ", "n = " + at.n() + ": ", ""));
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
