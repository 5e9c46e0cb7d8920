package topdraw.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import topdraw.estimate.BlockwiseFindings;
import topdraw.reference.Provenance;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.theory.finding.Confidence;
import topdraw.words.json.Document;
import topdraw.words.json.FindingJson;
import topdraw.words.text.FindingText;

/// What `sample` says of an answer that was chosen block by block.
record BlockwiseAnswer(BlockwiseRound round, Confidence confidence) {

  void print(double seconds, PrintWriter out, PrintWriter err) {
    int blocks = round.blocks().size();
    out.println(round.answer().text().orElse(""));
    err.println();
    err.printf(
        "%s: %s, reward %s = %s%n",
        describe(),
        blocks == 1 ? "1 block" : blocks + " blocks",
        round.rewards().getFirst(),
        AnswerFields.words(round.answer().score()));
    FindingText.lines(BlockwiseFindings.of(round, confidence))
        .forEach(line -> err.println("  " + line));
    err.printf(
        "  %-14s %d tokens drawn for an answer of %d, %d decoded, %.1f s%n",
        "cost",
        round.tokensDrawn(),
        round.blocks().getLast().end(),
        round.tokensDecoded(),
        seconds);
    if (round.unscored() > 0) {
      err.printf("  %d candidates have no score; they rank below every score%n", round.unscored());
    }
  }

  private String describe() {
    return "blockwise best of " + round.n() + " by " + round.blockTokens() + " tokens";
  }

  Map<String, Object> json(Provenance provenance) {
    Map<String, Object> json = Document.of("topdraw sample", confidence);
    json.put("text", round.answer().text().orElse(null));
    json.put("finish_reason", round.answer().finish().word().orElse(null));
    json.put("log_probability", AnswerFields.logProbability(round.answer()));
    json.put("method", describe());
    json.put("n", round.n());
    json.put("block_tokens", round.blockTokens());
    json.put("blocks", round.blocks().stream().map(BlockwiseAnswer::json).toList());
    json.put("rewards", AnswerFields.scores(round.rewards(), round.answer()));
    json.put("findings", FindingJson.of(BlockwiseFindings.of(round, confidence)));
    json.put("tokens_drawn", round.tokensDrawn());
    json.put("tokens_decoded", round.tokensDecoded());
    json.put("provenance", provenance);
    return json;
  }

  private static Map<String, Object> json(Block block) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", block.start());
    json.put("tokens", block.end() - block.start());
    json.put("winner_index", block.accepted().index());
    json.put("log_probability", block.logProbability());
    return json;
  }
}
