package topdraw.golden;

import topdraw.theory.finding.Confidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RoundFindings;
import topdraw.reference.Completion;
import topdraw.reference.FinishReason;
import topdraw.reference.Prompt;
import topdraw.reward.Score;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Candidate;
import topdraw.selection.Round;
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
    List<Candidate> candidates =
        IntStream.range(0, question.get("drawn").intValue())
            .mapToObj(i -> candidate(i, draws.get(i)))
            .toList();
    return lines(
        RoundFindings.of(
            new Round(
                PROMPT,
                selection(question.get("selection")),
                List.of("r"),
                candidates,
                question.get("considered").intValue(),
                question.get("chosen").intValue(),
                question.get("stopped").booleanValue()),
            new Confidence(confidence)));
  }

  /// A run of rewind-and-repeat that ended at a draw.
  static List<Line> rewind(int considered, Confidence confidence) {
    List<Candidate> candidates =
        IntStream.range(0, considered)
            .mapToObj(
                i ->
                    new Candidate(
                        completion(i, i, -5), List.of(new Score.Value(i + 1 - considered))))
            .toList();
    var selection = new Selection.RewindAndRepeat(0);
    return lines(
        RoundFindings.of(
            new Round(
                PROMPT, selection, List.of("r"), candidates, considered, considered - 1, true),
            confidence));
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

  private static Candidate candidate(int index, JsonNode draw) {
    Score score =
        draw.has("reward")
            ? new Score.Value(draw.get("reward").doubleValue())
            : new Score.Missing("none");
    int outcome = draw.get("outcome").stringValue().charAt(0);
    return new Candidate(
        completion(index, outcome, draw.get("log_p").doubleValue()), List.of(score));
  }

  private static Completion completion(int index, int outcome, double logP) {
    return new Completion(
        index, "y" + outcome, new int[] {outcome}, new double[] {logP}, FinishReason.STOP);
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
      List<Candidate> candidates =
          IntStream.range(0, n)
              .mapToObj(i -> i == chosen ? kept : Arrays.copyOf(kept, start + 1))
              .map(logPs -> new Candidate(completion(logPs), List.of(new Score.Value(1))))
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

  private static Completion completion(double[] logPs) {
    int[] tokens = IntStream.rangeClosed(1, logPs.length).toArray();
    return new Completion(0, "y", tokens, logPs, FinishReason.STOP);
  }
}
