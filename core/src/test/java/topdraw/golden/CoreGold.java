package topdraw.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.draw.PromptDraws;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Interval;

/// Studies of over-optimisation, with their findings as [Line]s.
final class CoreGold {
  private CoreGold() {}

  /// An n that one half of the prompts chose, judged by the other half.
  record HoldOut(int n, int chosenOn, int judgedOn, List<Line> findings) {
    static HoldOut of(JsonNode json) {
      return new HoldOut(
          json.get("n").intValue(),
          json.get("chosen_on").intValue(),
          json.get("judged_on").intValue(),
          Golden.lines(json.get("findings")));
    }
  }

  record Study(long leftOut, List<Line> points, List<Line> fits, Optional<HoldOut> holdOut) {}

  static Study study(JsonNode question) {
    return study(question, question.get("seed").longValue());
  }

  static Study study(JsonNode question, long seed) {
    JsonNode range = question.get("range");
    var asked =
        new GoldQuestion(
            "r",
            "gold",
            range.isNull()
                ? Optional.empty()
                : Optional.of(
                    new Interval(range.get(0).doubleValue(), range.get(1).doubleValue())));
    List<PromptDraws> prompts = Pools.samples(Pools.named(question.get("pool").stringValue()));
    Overoptimization found =
        GoldStudy.of(
            Questions.of(asked).measure(prompts::forEach, Runnable::run, 0),
            asked,
            seed,
            new Confidence(question.get("confidence").doubleValue()));
    List<Line> points = new ArrayList<>();
    for (Overoptimization.Point point : found.points()) {
      point.findings().forEach(f -> points.add(CoreFindings.line(point.n(), f)));
    }
    List<Line> fits = new ArrayList<>();
    for (Overoptimization.Fit fit : found.fits()) {
      String part =
          switch (fit.axis()) {
            case ANALYTICAL -> "fit, analytical";
            case ESTIMATED -> "fit, estimated";
          };
      fit.findings().forEach(f -> fits.add(CoreFindings.line(0, f).in(part)));
    }
    return new Study(found.leftOut(), points, fits, found.holdOut().map(CoreGold::holdOut));
  }

  private static HoldOut holdOut(Overoptimization.HoldOut held) {
    return new HoldOut(
        held.n(),
        held.chosenOn(),
        held.judgedOn(),
        held.findings().stream().map(f -> CoreFindings.line(0, f)).toList());
  }
}
