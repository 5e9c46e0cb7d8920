package topdraw.words.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.LogProbabilityWorth;
import topdraw.draw.Score;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RejectionFindings;
import topdraw.estimate.RoundFindings;
import topdraw.estimate.RoundPasses;
import topdraw.reference.Provenance;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;
import topdraw.selection.SelectionRound;
import topdraw.theory.finding.Confidence;
import topdraw.words.RoundWords;
import topdraw.words.SelectionWords;

/// The answer to one prompt, and what is known of it, as JSON.
public final class SampleJson {
  private static final String MADE_BY = "topdraw sample";

  private SampleJson() {}

  /// An answer, whichever way it was chosen.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param provenance what it takes to draw the same again
  /// @return the document
  public static Map<String, Object> of(
      SelectionRound round, Confidence confidence, Provenance provenance) {
    return switch (round) {
      case Round whole -> of(whole, confidence, provenance);
      case BlockwiseRound byBlocks -> of(byBlocks, confidence, provenance);
      case RejectionRound rejecting -> of(rejecting, confidence, provenance);
    };
  }

  /// An answer that was chosen among whole completions.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param provenance what it takes to draw the same again
  /// @return the document
  public static Map<String, Object> of(Round round, Confidence confidence, Provenance provenance) {
    Map<String, Object> json = Document.of(MADE_BY, confidence);
    boolean best = !round.nothingScored();
    json.put("text", best ? round.winner().text().orElse(null) : null);
    json.put("winner_index", best ? round.winner().index() : null);
    json.put("finish_reason", best ? round.winner().finish().word().orElse(null) : null);
    json.put("log_probability", best ? logProbability(round.winner()) : null);
    json.put("method", SelectionWords.of(round));
    json.put("sentence", RoundWords.of(round));
    RoundWords.warning(round).ifPresent(warning -> json.put("warning", warning));
    json.put("n_drawn", round.draws().size());
    json.put("n_considered", round.considered());
    RoundPasses.of(round).ifPresent(passes -> json.put("n_passed", passes.passed()));
    json.put("stopped", round.stopped());
    json.put("rewards", scores(round.rewards(), round.winner()));
    json.put("findings", FindingJson.of(RoundFindings.withEstimate(round, confidence)));
    json.put(
        "candidates",
        round.draws().stream().map(draw -> candidate(round.rewards(), draw)).toList());
    LogProbabilityWorth.of(round.draws())
        .sentence()
        .ifPresent(worth -> json.put("log_probabilities", worth));
    OptionalLong tokens = round.tokensDrawn();
    json.put("tokens_drawn", tokens.isPresent() ? tokens.getAsLong() : null);
    json.put("provenance", provenance);
    return json;
  }

  private static Map<String, Object> candidate(List<String> rewards, Draw draw) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", draw.index());
    json.put("text", draw.text().orElse(null));
    json.put("finish_reason", draw.finish().word().orElse(null));
    json.put("tokens", draw.length().isPresent() ? draw.length().getAsDouble() : null);
    json.put("log_probability", logProbability(draw));
    json.put("rewards", scores(rewards, draw));
    return json;
  }

  /// An answer that was chosen block by block.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param provenance what it takes to draw the same again
  /// @return the document
  public static Map<String, Object> of(
      BlockwiseRound round, Confidence confidence, Provenance provenance) {
    Map<String, Object> json = Document.of(MADE_BY, confidence);
    json.put("text", round.answer().text().orElse(null));
    json.put("finish_reason", round.answer().finish().word().orElse(null));
    json.put("log_probability", logProbability(round.answer()));
    json.put("method", SelectionWords.of(round));
    json.put("n", round.n());
    json.put("block_tokens", round.blockTokens());
    json.put("blocks", round.blocks().stream().map(SampleJson::block).toList());
    json.put("rewards", scores(round.rewards(), round.answer()));
    json.put("findings", FindingJson.of(BlockwiseFindings.of(round, confidence)));
    LogProbabilityWorth.of(List.of(round.answer()))
        .sentence()
        .ifPresent(worth -> json.put("log_probabilities", worth));
    json.put("tokens_drawn", round.tokensDrawn());
    json.put("tokens_decoded", round.tokensDecoded());
    json.put("provenance", provenance);
    return json;
  }

  /// An answer that was chosen among completions of which some were given up.
  ///
  /// @param round what was drawn and chosen
  /// @param confidence of the intervals
  /// @param provenance what it takes to draw the same again
  /// @return the document
  public static Map<String, Object> of(
      RejectionRound round, Confidence confidence, Provenance provenance) {
    Map<String, Object> json = Document.of(MADE_BY, confidence);
    boolean best = !round.nothingScored();
    json.put("text", best ? round.winner().text().orElse(null) : null);
    json.put("winner_index", best ? round.winner().index() : null);
    json.put("finish_reason", best ? round.winner().finish().word().orElse(null) : null);
    json.put("log_probability", best ? logProbability(round.winner()) : null);
    json.put("method", SelectionWords.of(round));
    json.put("n", round.n());
    json.put("reject_at", round.rule().checkpoints());
    json.put("looked_at", round.reached());
    json.put("keep", round.rule().keep());
    json.put("left", round.left());
    json.put("rewards", scores(round.rewards(), round.winner()));
    json.put("findings", FindingJson.of(RejectionFindings.of(round, confidence)));
    LogProbabilityWorth.of(List.of(round.winner()))
        .sentence()
        .ifPresent(worth -> json.put("log_probabilities", worth));
    json.put("tokens_drawn", round.tokensDrawn());
    json.put("tokens_decoded", round.tokensDecoded());
    json.put("provenance", provenance);
    return json;
  }

  private static Map<String, Object> block(Block block) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", block.start());
    json.put("tokens", block.end() - block.start());
    json.put("winner_index", block.accepted().index());
    boolean proves = block.accepted().logProbability().proves();
    json.put("log_probability", proves ? block.logProbability() : null);
    return json;
  }

  /// The number, where it says something.
  private static @Nullable Double logProbability(Draw draw) {
    return draw.logProbability().proves() ? draw.logProbability().floor() : null;
  }

  private static List<Map<String, Object>> scores(List<String> rewards, Draw winner) {
    List<Map<String, Object>> scores = new ArrayList<>();
    for (int r = 0; r < rewards.size(); r++) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", rewards.get(r));
      switch (winner.scores().scores().get(r)) {
        case Score.Value(double value) -> entry.put("value", value);
        case Score.Missing(String reason) -> {
          entry.put("value", null);
          entry.put("error", reason);
        }
      }
      scores.add(entry);
    }
    return scores;
  }
}
