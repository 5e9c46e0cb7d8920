package topdraw.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RoundFindings;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.Selection;

/// Single selections as the program wants them, and their findings as [Line]s.
final class CoreRounds {
  private static final Prompt PROMPT = Prompt.user("x");

  private CoreRounds() {}

  static List<Line> round(JsonNode question, double confidence) {
    JsonNode draws =
        Pools.named(question.get("pool").stringValue())
            .get("prompts")
            .get(question.get("prompt").intValue())
            .get("draws");
    List<Integer> silent =
        question.get("without_log_p").values().stream().map(JsonNode::intValue).toList();
    List<Draw> drawn =
        IntStream.range(0, question.get("drawn").intValue())
            .mapToObj(i -> draw(i, draws.get(i), silent.contains(i)))
            .toList();
    return lines(
        RoundFindings.of(
            new Round(
                PROMPT,
                selection(question.get("selection")),
                List.of("r"),
                drawn,
                question.get("considered").intValue(),
                question.get("chosen").intValue(),
                question.get("stopped").booleanValue()),
            new Confidence(confidence)));
  }

  /// A run of rewind-and-repeat that ended at a draw.
  static List<Line> rewind(int considered, Confidence confidence) {
    List<Draw> draws =
        IntStream.range(0, considered)
            .mapToObj(i -> scored(Draft.drawn(i, "y" + i, new int[] {i}, -5), i + 1 - considered))
            .toList();
    var selection = new Selection.RewindAndRepeat(0);
    return lines(
        RoundFindings.of(
            new Round(PROMPT, selection, List.of("r"), draws, considered, considered - 1, true),
            confidence));
  }

  private static Draw scored(Draw draw, double reward) {
    return draw.withScores(new Scores(List.of("r"), List.of(new Score.Value(reward))));
  }

  private static List<Line> lines(List<Finding> findings) {
    return findings.stream().map(f -> CoreFindings.line(0, f)).toList();
  }

  private static Selection selection(JsonNode json) {
    return switch (json.get("kind").stringValue()) {
      case "best-of-n" -> new Selection.BestOfN(json.get("n").doubleValue());
      case "early-stop" ->
          new Selection.EarlyStop(json.get("n").doubleValue(), json.get("threshold").doubleValue());
      case "rewind" -> new Selection.RewindAndRepeat(json.get("threshold").doubleValue());
      case "soft" ->
          new Selection.SoftBestOfN(
              json.get("n").intValue(), json.get("temperature").doubleValue());
      case "poisson" -> new Selection.BestOfPoisson(json.get("mu").doubleValue());
      default -> throw new IllegalArgumentException(json.toString());
    };
  }

  private static Draw draw(int index, JsonNode json, boolean silent) {
    int[] ids = {json.get("outcome").stringValue().charAt(0)};
    double logP = json.get("log_p").doubleValue();
    Draw draw =
        silent
            ? Draw.of(
                index,
                "y" + ids[0],
                new Tokens.Count(1),
                LogProbability.missing(),
                FinishReason.STOP)
            : Draft.drawn(index, "y" + ids[0], ids, logP);
    return json.has("reward")
        ? scored(draw, json.get("reward").doubleValue())
        : draw.withScores(new Scores(List.of("r"), List.of(new Score.Missing("none"))));
  }

  static List<Line> blockwise(JsonNode question, double confidence) {
    int n = question.get("n").intValue();
    double[] accepted = {};
    List<Block> blocks = new ArrayList<>();
    for (JsonNode tokens : question.get("tokens").values()) {
      int start = accepted.length;
      accepted =
          DoubleStream.concat(
                  Arrays.stream(accepted),
                  tokens.values().stream().mapToDouble(JsonNode::doubleValue))
              .toArray();
      double[] kept = accepted;
      int chosen = n / 2;
      List<Draw> candidates =
          IntStream.range(0, n)
              .mapToObj(i -> i == chosen ? kept : Arrays.copyOf(kept, start + 1))
              .map(logPs -> scored(Draft.drawn(0, "y", ids(logPs), logPs), 1))
              .toList();
      blocks.add(new Block(start, candidates, chosen));
    }
    return lines(
        BlockwiseFindings.of(
            new BlockwiseRound(
                PROMPT,
                question.get("block").intValue(),
                question.get("most").intValue(),
                List.of("r"),
                blocks,
                blocks.getLast().accepted(),
                0),
            new Confidence(confidence)));
  }

  private static int[] ids(double[] logPs) {
    return IntStream.rangeClosed(1, logPs.length).toArray();
  }
}
