package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.estimate.AtN;
import topdraw.estimate.PairedSelection;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.words.Counted;
import topdraw.words.Digits;
import topdraw.words.Percent;
import topdraw.words.Visible;

/// Two ways to select as lines of text: who selects better, and a table by n.
public final class PairedSelectionText {
  private static final int NAME = 28;
  private static final int NAMED = 5;
  private static final int PROMPT_LENGTH = 100;

  private PairedSelectionText() {}

  /// The comparison.
  ///
  /// @param found what was found
  /// @return the lines
  public static List<String> lines(PairedSelection found) {
    List<String> lines = new ArrayList<>();
    lines.add(sentence(found));
    lines.add(
        "%s, %s, judged by %s"
            .formatted(
                Counted.of(found.prompts(), "prompt"),
                Counted.of(found.samples(), "sample"),
                Visible.of(found.gold())));
    if (found.unjudged() > 0) {
      lines.add(unjudged(found));
    }
    alone(lines, found.first(), found.onlyFirst());
    alone(lines, found.second(), found.onlySecond());
    lines.add("");
    lines.addAll(table(found));
    return lines;
  }

  /// The same beside a comparison that has told of the prompts.
  ///
  /// @param found what was found
  /// @return the lines
  public static List<String> atEqualN(PairedSelection found) {
    List<String> lines = new ArrayList<>();
    lines.add("At equal n: the best of n draws of a prompt, all of its draws in one pool");
    if (found.unjudged() > 0) {
      lines.add(unjudged(found));
    }
    lines.addAll(table(found));
    return lines;
  }

  /// Prompts of one of two recordings alone.
  static void alone(List<String> lines, String run, List<String> prompts) {
    if (prompts.isEmpty()) {
      return;
    }
    lines.add(
        prompts.size() == 1
            ? "  1 prompt has completions in %s alone:".formatted(run)
            : "  %d prompts have completions in %s alone:".formatted(prompts.size(), run));
    prompts.stream()
        .limit(NAMED)
        .forEach(prompt -> lines.add("    " + Visible.oneLine(prompt, PROMPT_LENGTH)));
    if (prompts.size() > NAMED) {
      lines.add("    and %d more".formatted(prompts.size() - NAMED));
    }
  }

  private static String unjudged(PairedSelection found) {
    return "%s left out: a draw has no finite score of %s, or no draw one that selects"
        .formatted(Counted.of(found.unjudged(), "prompt"), Visible.of(found.gold()));
  }

  private static String sentence(PairedSelection found) {
    AtN at = found.firm();
    Finding difference = of(at, PairedSelection.DIFFERENCE);
    String first = Visible.oneLine(found.first(), NAME);
    String second = Visible.oneLine(found.second(), NAME);
    String gold = Visible.oneLine(found.gold(), NAME);
    return switch (found.better()) {
      case FIRST -> better(found, at, first, second, -difference.value(), turned(difference));
      case SECOND -> better(found, at, second, first, difference.value(), difference.interval());
      case UNDECIDED ->
          "Undecided at n = %d: %s%s of %s between %s and %s (%s)."
              .formatted(
                  at.n(),
                  Digits.near(difference.value()),
                  interval(difference),
                  gold,
                  second,
                  first,
                  undecided(difference));
    };
  }

  /// Among the same draws only the selection can make the difference; between two recordings what
  /// it was before anything was selected is told too.
  private static String better(
      PairedSelection found,
      AtN at,
      String winner,
      String other,
      double more,
      Optional<Interval> interval) {
    String gold = Visible.oneLine(found.gold(), NAME);
    String number =
        Digits.near(more) + interval.map(ends -> " " + FindingText.interval(ends)).orElse("");
    return found.sameDraws()
        ? "%s selects better: its best of %d has %s more of %s than that of %s (estimate)."
            .formatted(winner, at.n(), number, gold, other)
        : "%s gives more of %s: its best of %d has %s more than that of %s (estimate)%s."
            .formatted(
                winner,
                gold,
                at.n(),
                number,
                other,
                unselected(found, found.better() == PairedSelection.Better.FIRST));
  }

  private static String unselected(PairedSelection found, boolean firstWins) {
    return found.curve().stream()
        .filter(at -> at.n() == 1)
        .map(at -> of(at, PairedSelection.DIFFERENCE).value())
        .map(one -> "; of single draws it has " + Digits.near(firstWins ? -one : one) + " more")
        .findFirst()
        .orElse("");
  }

  private static Optional<Interval> turned(Finding difference) {
    return difference.interval().map(ends -> new Interval(-ends.upper(), -ends.lower()));
  }

  private static String undecided(Finding difference) {
    if (difference.evidence() == Evidence.EXACT) {
      return "exact";
    }
    return difference.interval().isPresent()
        ? "estimate; the interval holds 0"
        : String.join(
            "; ", Stream.concat(Stream.of("estimate"), difference.assumptions().stream()).toList());
  }

  private static List<String> table(PairedSelection found) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "n",
            "difference",
            Visible.oneLine(found.first(), NAME),
            Visible.oneLine(found.second(), NAME)));
    found
        .curve()
        .forEach(
            at ->
                lines.add(
                    row(
                        Integer.toString(at.n()),
                        cell(found, at, PairedSelection.DIFFERENCE),
                        cell(found, at, PairedSelection.OF_FIRST),
                        cell(found, at, PairedSelection.OF_SECOND))));
    lines.add(
        "difference: %s less %s, of %s, prompt by prompt"
            .formatted(
                Visible.oneLine(found.second(), NAME),
                Visible.oneLine(found.first(), NAME),
                Visible.oneLine(found.gold(), NAME)));
    lines.add(
        "estimates [intervals at %s, each n by itself]%s"
            .formatted(
                Percent.of(found.confidence().value()),
                found.curve().stream()
                    .map(at -> of(at, PairedSelection.DIFFERENCE))
                    .filter(one -> one.interval().isPresent())
                    .flatMap(one -> one.assumptions().stream())
                    .findFirst()
                    .map(assumption -> "; " + assumption)
                    .orElse("")));
    if (found.curve().getLast().n() > Math.max(2, found.draws() / 4)) {
      lines.add(
          "above n = %d, a quarter of the draws, few independent sets are left"
              .formatted(Math.max(2, found.draws() / 4)));
    }
    return lines;
  }

  private static String row(String n, String difference, String first, String second) {
    return String.format(Locale.ROOT, "  %6s  %-28s  %-28s  %s", n, difference, first, second)
        .stripTrailing();
  }

  private static String cell(PairedSelection found, AtN at, Estimator source) {
    Finding finding = of(at, source);
    return Digits.of(finding)
        + interval(finding)
        + (finding.evidence() == Evidence.EXACT ? " (exact)" : "")
        + (at.prompts() == found.prompts() ? "" : " (of %,d)".formatted(at.prompts()));
  }

  private static String interval(Finding finding) {
    return finding.interval().map(ends -> " " + FindingText.interval(ends)).orElse("");
  }

  private static Finding of(AtN at, Estimator source) {
    return at.findings().stream()
        .filter(finding -> finding.source().equals(source))
        .findFirst()
        .orElseThrow();
  }
}
