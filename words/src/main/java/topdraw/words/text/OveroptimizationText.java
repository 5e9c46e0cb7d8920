package topdraw.words.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Overoptimization.Fit;
import topdraw.estimate.Overoptimization.HoldOut;
import topdraw.estimate.Overoptimization.Point;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.words.Counted;
import topdraw.words.Digits;
import topdraw.words.Percent;
import topdraw.words.Visible;

/// What selection by a proxy does to the gold reward, as text.
public final class OveroptimizationText {
  private OveroptimizationText() {}

  /// The whole study.
  ///
  /// @param study what was found
  /// @return the lines
  public static List<String> lines(Overoptimization study) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Gold reward %s under selection by %s: %d prompts (estimates; the band holds all n at once, %s)"
            .formatted(
                Visible.of(study.question().gold()),
                Visible.of(study.question().proxy()),
                study.prompts(),
                Percent.of(study.confidence().value())));
    if (study.leftOut() > 0) {
      lines.add(
          Counted.of(study.leftOut(), "prompt")
              + (study.leftOut() == 1 ? " is" : " are")
              + " left out: a sample lacks a reward, or there is only one");
    }
    lines.add(
        "  %6s  %-34s %-12s %-12s %s"
            .formatted("n", "gold", "proxy", "KL in nats", "winner's tokens"));
    study.points().forEach(point -> lines.add(row(point)));
    agreement(study, lines);
    study.holdOut().ifPresent(held -> held(held, lines));
    if (study.holdOut().isEmpty()) {
      lines.add("Fewer than four prompts: no half to choose n on and none to judge it.");
    }
    study.told().forEach(fit -> fit(fit, lines));
    return lines;
  }

  private static String row(Point point) {
    Finding gold = of(point, Quantity.GOLD_REWARD).orElseThrow();
    String band = gold.interval().map(i -> " " + FindingText.interval(i)).orElse("");
    return "  %6d  %-34s %-12s %-12s %s"
        .formatted(
            point.n(),
            Digits.of(gold) + band,
            digits(point, Quantity.PROXY_REWARD),
            digits(point, Quantity.KL),
            digits(point, Quantity.WINNER_TOKENS))
        .stripTrailing();
  }

  /// Whether the proxy is good enough to choose by.
  private static void agreement(Overoptimization study, List<String> lines) {
    lines.add("");
    lines.add(
        "Choosing by %s: what it recovers of the gain of choosing by gold, and how often its choice is"
                .formatted(Visible.of(study.question().proxy()))
            + " a best one");
    lines.add("  %6s  %-34s %-34s %s".formatted("n", "gain recovered", "a best one", "by chance"));
    study.points().stream()
        .filter(point -> point.n() > 1)
        .forEach(
            point ->
                lines.add(
                    "  %6d  %-34s %-34s %s"
                        .formatted(
                            point.n(),
                            withInterval(point, Quantity.RECOVERED_GAIN),
                            withInterval(point, Quantity.TOP_AGREEMENT),
                            digits(point, Quantity.TOP_AGREEMENT_BY_CHANCE))
                        .stripTrailing()));
    FindingText.lines(study.pairs()).forEach(line -> lines.add("  " + line));
  }

  private static String withInterval(Point point, Quantity quantity) {
    return of(point, quantity)
        .map(
            finding ->
                Digits.of(finding)
                    + finding.interval().map(i -> " " + FindingText.interval(i)).orElse(""))
        .orElse("-");
  }

  private static Optional<Finding> of(Point point, Quantity quantity) {
    return point.findings().stream().filter(f -> f.quantity() == quantity).findFirst();
  }

  private static String digits(Point point, Quantity quantity) {
    return of(point, quantity).map(Digits::of).orElse("-");
  }

  private static void held(HoldOut held, List<String> lines) {
    lines.add("");
    lines.add(
        "Chosen on %d prompts: n = %d. On the other %d, against n = 1:"
            .formatted(held.chosenOn(), held.n(), held.judgedOn()));
    FindingText.lines(held.findings()).forEach(line -> lines.add("  " + line));
  }

  private static void fit(Fit fit, List<String> lines) {
    lines.add("");
    lines.add(
        "Gao's curve d (alpha - beta d), d = sqrt(KL), drift axis: %s, R² = %s"
            .formatted(fit.axis().words(), Digits.near(fit.fit().rSquared())));
    FindingText.lines(fit.findings()).forEach(line -> lines.add("  " + line));
    if (!fit.fit().peakIsMeasured()) {
      lines.add("  its peak is not within the drifts measured");
    }
  }
}
