package topdraw.report.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.report.figure.Axis;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;
import topdraw.report.page.Opening;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What the quickstart's page says first: right answers against drift, as it is and as the textbook
/// has it.
final class QuickstartOpening {
  private QuickstartOpening() {}

  static Opening of(QuickstartFindings found) {
    return new Opening(
        Stream.concat(
                QuickstartText.takeaway(found).entrySet().stream()
                    .map(said -> said.getKey() + ": " + said.getValue() + "."),
                Stream.of("By grades: " + QuickstartText.graded(found) + "."))
            .toList(),
        picture(found),
        table(found));
  }

  /// A point is an n: where both the share of right answers and the drift are known, and as far as
  /// the draws support it.
  private static Figure picture(QuickstartFindings found) {
    Analysis all = found.passed().all();
    List<AtN> known =
        all.curve().stream()
            .filter(at -> at.n() <= all.firm().n())
            .filter(at -> Gain.value(at, Quantity.KL).isPresent())
            .toList();
    double last = KlBounds.analytical(all.firm().n());
    List<Line> lines =
        known.isEmpty()
            ? List.of(textbook(all.curve().subList(0, 1)))
            : List.of(line("the drift as it is", known, QuickstartOpening::drift), textbook(known));
    return new Figure(
        "right-answers-against-drift",
        "Right answers against drift",
        "Each line goes from one answer (left) to the best of "
            + all.firm().n()
            + " (right): the same right answers, by the drift that they cost and by the textbook's"
            + " number for it. Means over the questions, estimates.",
        List.of(
            new Plot.Chart(
                "",
                Axis.linear("drift: KL divergence, nats", 0, Math.max(0.5, 1.04 * last)),
                Axis.linear("share of right answers", 0, 1),
                lines,
                List.of())));
  }

  private static Line textbook(List<AtN> points) {
    return line("as the textbook has it", points, at -> KlBounds.analytical(at.n()));
  }

  private static double drift(AtN at) {
    return Gain.value(at, Quantity.KL).orElseThrow().value();
  }

  private static Line line(String name, List<AtN> points, ToDoubleFunction<AtN> drift) {
    return new Line(
        name,
        Evidence.ESTIMATE,
        Role.VALUE,
        points.stream().mapToDouble(drift).toArray(),
        points.stream()
            .mapToDouble(at -> Gain.value(at, Quantity.PASS_AT_K).orElseThrow().value())
            .toArray());
  }

  private static Opening.Table table(QuickstartFindings found) {
    List<Opening.Row> rows = new ArrayList<>();
    Gain all = Gain.of(found.passed().all(), found.n());
    rows.add(row("all " + found.passed().each().size() + " questions", all, found.n()));
    found
        .passed()
        .each()
        .forEach(one -> rows.add(row(one.prompt(), Gain.of(one.analysis(), found.n()), found.n())));
    return new Opening.Table(
        "Best of "
            + found.n()
            + " by right or wrong. Estimates with their intervals; the textbook's number is a theorem; "
            + QuickstartText.CUT
            + ".",
        List.of(
            "right: one answer",
            "right: best of " + found.n(),
            "drift",
            "textbook's drift, at most",
            "draws, stopped at the first right one"),
        rows);
  }

  private static Opening.Row row(String name, Gain gain, int n) {
    Finding textbook =
        Finding.theorem(
            Quantity.KL, Role.UPPER_BOUND, KlBounds.analytical(n), KlBounds.TEXTBOOK, List.of());
    return new Opening.Row(
        name,
        Stream.of(
                Optional.of(gain.one()),
                Optional.of(gain.best()),
                gain.drift(),
                Optional.of(textbook),
                gain.draws())
            .toList());
  }
}
