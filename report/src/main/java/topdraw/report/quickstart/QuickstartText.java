package topdraw.report.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.Draw;
import topdraw.report.quickstart.CheckedAnswers.Question;
import topdraw.report.quickstart.QuickstartFindings.Entry;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Finding;
import topdraw.words.Counted;
import topdraw.words.Digits;
import topdraw.words.Percent;
import topdraw.words.Visible;
import topdraw.words.text.FindingText;

/// The quickstart as a person reads it: a table of questions, the paper's setting, and five lines
/// to take away.
public final class QuickstartText {
  private static final int PROMPT = 46;
  private static final String GRADES =
      "0 wrong, 1 right but cut, 2 right, 3 right in at most 12 words";

  private final QuickstartFindings found;

  private QuickstartText(QuickstartFindings found) {
    this.found = found;
  }

  /// Everything on one screen.
  ///
  /// @param found what was found
  /// @param page where the page lies
  /// @param verbose whether every finding is listed too
  /// @return the lines, the five to take away last
  public static List<String> lines(QuickstartFindings found, String page, boolean verbose) {
    QuickstartText text = new QuickstartText(found);
    List<String> lines = new ArrayList<>();
    text.checked(lines);
    lines.add("");
    text.graded(lines);
    lines.add("");
    text.paper(lines);
    if (verbose) {
      text.everything(lines);
    }
    lines.add("");
    takeaway(found).forEach((name, sentence) -> lines.add(line(name, sentence)));
    lines.add(line("Page", "open " + page + " in a browser; every answer is recorded beside it"));
    return lines;
  }

  private static String line(String name, String sentence) {
    return "%-8s %s".formatted(name, sentence);
  }

  /// Why the drift of all questions is not the mean of theirs.
  static final String CUT =
      "a question's drift is cut to what its share of right answers allows; that of all is the mean without cuts";

  /// What was asked, and how much of it was cut.
  static String asked(QuickstartFindings found) {
    return "%s, %d answers to each; %.0f %% of the answers were cut by the limit on tokens"
        .formatted(
            Counted.of(found.passed().each().size(), "question"),
            found.draws(),
            100.0 * found.cut() / found.completions());
  }

  private void checked(List<String> lines) {
    lines.add(asked(found));
    lines.add("");
    lines.add(row("", "right answers", "", "drift in nats", "", "draws, stopped at"));
    lines.add(
        row(
            "estimates; best of " + found.n() + " by right or wrong",
            "one draw",
            "best of " + found.n(),
            "estimated",
            "textbook",
            "the first right one"));
    for (Question question : found.passed().each()) {
      lines.add(
          row(Visible.oneLine(question.prompt(), PROMPT), Gain.of(question.analysis(), found.n())));
    }
    lines.add(row("all " + found.passed().each().size(), gain()));
    lines.add("  (" + CUT + ")");
  }

  private String row(String name, Gain gain) {
    return row(
        name,
        share(gain.one().value()),
        share(gain.best().value()),
        number(gain.drift()),
        Digits.up(KlBounds.analytical(found.n())),
        number(gain.draws()));
  }

  private static String row(
      String name, String one, String best, String drift, String textbook, String draws) {
    return String.format(
            Locale.ROOT,
            "  %-" + PROMPT + "s %13s %11s %13s %9s %20s",
            name,
            one,
            best,
            drift,
            textbook,
            draws)
        .stripTrailing();
  }

  private void graded(List<String> lines) {
    lines.add(
        "Graded "
            + GRADES
            + ": the mean grade rises from "
            + grades(found)
            + " with best of "
            + found.n()
            + ",");
    lines.add("for " + gradedDrift(found) + " (estimates).");
  }

  /// What the best of n gains in grades, and what that costs.
  static String graded(QuickstartFindings found) {
    return "graded "
        + GRADES
        + ", the mean grade rises from "
        + grades(found)
        + ", for "
        + gradedDrift(found)
        + " (estimates)";
  }

  private static String grades(QuickstartFindings found) {
    Gain gain = Gain.of(found.graded().all(), found.n());
    return Digits.near(gain.one().value()) + " to " + Digits.near(gain.best().value());
  }

  private static String gradedDrift(QuickstartFindings found) {
    return "a drift of %s nats where the textbook says at most %s"
        .formatted(
            number(Gain.of(found.graded().all(), found.n()).drift()),
            Digits.up(KlBounds.analytical(found.n())));
  }

  private void paper(List<String> lines) {
    lines.add(
        "The paper's own setting: the same answers, best of %d by two rewards of every model (estimates)"
            .formatted(found.n()));
    lines.add(paperRow("", "log-likelihood", "", "negative length", ""));
    lines.add(paperRow("", "drift, at most", "win rate", "drift", "win rate"));
    List<Entry> likelihood = entries(true);
    List<Entry> length = entries(false);
    for (int i = 0; i < likelihood.size(); i++) {
      lines.add(
          paperRow(
              Visible.oneLine(likelihood.get(i).prompt(), PROMPT),
              Digits.near(likelihood.get(i).drift(found.n())),
              winRate(likelihood.get(i)),
              Digits.near(length.get(i).drift(found.n())),
              winRate(length.get(i))));
    }
    String drift = Digits.up(KlBounds.analytical(found.n()));
    String wins = Digits.up(WinRateBounds.analytical(found.n()));
    lines.add(paperRow("textbook, at most (theorem)", drift, wins, drift, wins));
  }

  private List<Entry> entries(boolean likelihood) {
    return found.paper().stream()
        .filter(entry -> entry.pool().likelihoodSelects() == likelihood)
        .toList();
  }

  private String winRate(Entry entry) {
    return Digits.near(entry.pool().estimators().winRate(found.n()));
  }

  private static String paperRow(
      String name, String drift, String winRate, String otherDrift, String otherWinRate) {
    return String.format(
            Locale.ROOT,
            "  %-" + PROMPT + "s %14s %9s %16s %9s",
            name,
            drift,
            winRate,
            otherDrift,
            otherWinRate)
        .stripTrailing();
  }

  /// What best-of-n gained, what that cost, what is cheaper, and how far the draws carry: a name
  /// and a sentence each.
  static Map<String, String> takeaway(QuickstartFindings found) {
    Gain gain = Gain.of(found.passed().all(), found.n());
    Map<String, String> said = new LinkedHashMap<>();
    said.put(
        "Gained",
        "%s of single answers are right, %s with the best of %d (estimates%s)"
            .formatted(share(gain.one()), share(gain.best()), found.n(), level(gain.best())));
    said.put(
        "Cost",
        "%s nats of drift (estimate); the textbook's number is %s"
            .formatted(
                gain.drift().map(QuickstartText::withInterval).orElse("an unknown number of"),
                Digits.up(KlBounds.analytical(found.n()))));
    said.put(
        "Cheaper",
        "stopping at the first right answer gives the same with %s draws in place of %d (estimate)"
            .formatted(number(gain.draws()), found.n()));
    said.put(
        "Trust",
        "%d answers to each question support n up to %d; beyond that the numbers are shaky"
            .formatted(found.draws(), found.passed().all().firm().n()));
    return said;
  }

  private Gain gain() {
    return Gain.of(found.passed().all(), found.n());
  }

  private static String level(Finding finding) {
    OptionalDouble confidence = finding.confidence();
    return confidence.isPresent() ? ", intervals at " + Percent.of(confidence.getAsDouble()) : "";
  }

  private static String withInterval(Finding finding) {
    return Digits.near(finding.value())
        + finding.interval().map(ends -> " " + FindingText.interval(ends)).orElse("");
  }

  /// A share with its interval, rounded outwards.
  static String share(Finding finding) {
    return share(finding.value())
        + finding
            .interval()
            .map(
                ends ->
                    " [%.0f, %.0f]"
                        .formatted(Math.floor(100 * ends.lower()), Math.ceil(100 * ends.upper())))
            .orElse("");
  }

  static String share(double share) {
    return Math.round(100 * share) + " %";
  }

  static String number(Optional<Finding> finding) {
    return finding.map(one -> Digits.near(one.value())).orElse("unknown");
  }

  /// Every finding, prompt by prompt.
  private void everything(List<String> lines) {
    lines.add("");
    lines.add("== right or wrong, all questions, best of " + found.n() + " ==");
    at(found.passed()).forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.add("== grade, all questions, best of " + found.n() + " ==");
    at(found.graded()).forEach(line -> lines.add("  " + line));
    String reward = "";
    for (Entry entry : found.paper()) {
      if (!entry.reward().equals(reward)) {
        reward = entry.reward();
        lines.add("");
        lines.add("== reward: " + reward + ", best of " + found.n() + " ==");
      }
      lines.add("");
      lines.add(Visible.oneLine(entry.prompt(), 100));
      lines.add("  best of " + entry.pool().estimators().size() + ": " + bestLine(entry.best()));
      FindingText.lines(entry.findings()).forEach(line -> lines.add("  " + line));
      lines.add("  " + entry.sentence());
    }
  }

  private List<String> at(CheckedAnswers checked) {
    return checked.all().curve().stream()
        .filter(at -> at.n() == found.n())
        .flatMap(at -> FindingText.lines(at.findings()).stream())
        .toList();
  }

  private static String bestLine(Draw best) {
    String cut = best.finish().cut() ? ", cut by the limit" : "";
    return "\""
        + Visible.oneLine(best.text().orElse(""), 80)
        + "\" ("
        + Math.round(best.length().orElseThrow())
        + " tokens"
        + cut
        + ")";
  }
}
