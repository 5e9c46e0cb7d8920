package topdraw.report.page;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.Withheld;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.QuantityWords;

/// The slider over the values of n that were computed, and what is found at each: a table for every
/// n stands in the page, and the slider chooses which of them is seen.
final class NSlider {
  private static final List<Quantity> ASKED =
      List.of(Quantity.REWARD, Quantity.PASS_AT_K, Quantity.WIN_RATE, Quantity.KL);

  /// What has nothing to do with n.
  private static final Set<Quantity> OF_REWIND =
      EnumSet.of(
          Quantity.PASS_RATE, Quantity.REWIND_WIN_RATE, Quantity.REWIND_KL, Quantity.REWIND_DRAWS);

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
        .filter(one -> !OF_REWIND.contains(one.quantity()))
        .filter(one -> at.findings().stream().noneMatch(f -> same(f, one)))
        .toList();
  }

  /// Another estimator of the quantity itself tells it too.
  private static boolean same(Finding finding, Withheld withheld) {
    return finding.quantity() == withheld.quantity()
        && (finding.role() == Role.VALUE || finding.source().equals(withheld.source()));
  }

  /// The numbers most asked for, as estimated, in a line that stays in sight.
  private static String brief(AtN at) {
    return ASKED.stream()
        .flatMap(
            quantity ->
                value(at, quantity).stream()
                    .map(f -> name(quantity) + " " + Words.number(f.value())))
        .collect(Collectors.joining(" · ", "n = " + at.n() + ": ", ""));
  }

  private static String name(Quantity quantity) {
    return quantity == Quantity.KL ? "drift" : QuantityWords.of(quantity);
  }

  private static Optional<Finding> value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(f -> f.quantity() == quantity && f.role() == Role.VALUE)
        .findFirst();
  }

  private static String[] attributes(int n, boolean seen, String... more) {
    Stream<String> hidden = seen ? Stream.of() : Stream.of("hidden", "");
    return Stream.of(Stream.of("data-n", Integer.toString(n)), Stream.of(more), hidden)
        .flatMap(part -> part)
        .toArray(String[]::new);
  }
}
