package topdraw.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalLong;
import topdraw.draw.Draw;
import topdraw.estimate.RoundFindings;
import topdraw.reference.Provenance;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.theory.law.Selection;
import topdraw.words.json.Document;
import topdraw.words.json.FindingJson;
import topdraw.words.text.FindingText;

/// The answer of `topdraw sample` by one selection, as text and as JSON.
record SampleAnswer(Round round, Confidence confidence) {
  /// The answer and what is known of it.
  void print(double seconds, PrintWriter out, PrintWriter err) {
    Draw winner = round.winner();
    out.println(winner.text().orElse(""));
    err.println();
    err.printf(
        "%s: completion %d of %d, reward %s = %s%n",
        describe(),
        winner.index() + 1,
        round.draws().size(),
        round.rewards().getFirst(),
        AnswerFields.words(winner.score()));
    FindingText.lines(RoundFindings.of(round, confidence))
        .forEach(line -> err.println("  " + line));
    err.printf(
        "  %-14s %d completions%s, %.1f s%n", "cost", round.draws().size(), tokens(), seconds);
    if (round.unscored() > 0) {
      err.printf("  %d completions have no score; they rank below every score%n", round.unscored());
    }
  }

  private String tokens() {
    OptionalLong tokens = round.tokensDrawn();
    return tokens.isPresent() ? ", " + tokens.getAsLong() + " tokens" : "";
  }

  private String describe() {
    return switch (round.selection()) {
      case Selection.BestOfN(double n) -> "best of " + (int) n;
      case Selection.EarlyStop(double n, _) ->
          round.stopped()
              ? "stopped early after " + round.considered() + " of " + (int) n
              : "threshold not reached, best of " + (int) n;
      case Selection.RewindAndRepeat _ ->
          "threshold reached after " + round.considered() + " draws";
      case Selection.SoftBestOfN(int n, double temperature) ->
          "soft best of " + n + " at temperature " + temperature;
      case Selection.BestOfPoisson(double mu) ->
          "best of " + round.considered() + ", drawn as 1 + Poisson(" + mu + ")";
    };
  }

  Map<String, Object> json(Provenance provenance) {
    Map<String, Object> json = Document.of("topdraw sample", confidence);
    json.put("text", round.winner().text().orElse(null));
    json.put("winner_index", round.winner().index());
    json.put("finish_reason", round.winner().finish().word().orElse(null));
    json.put("log_probability", AnswerFields.logProbability(round.winner()));
    json.put("method", describe());
    json.put("n_drawn", round.draws().size());
    json.put("n_considered", round.considered());
    json.put("stopped", round.stopped());
    json.put("rewards", AnswerFields.scores(round.rewards(), round.winner()));
    json.put("findings", FindingJson.of(RoundFindings.of(round, confidence)));
    OptionalLong tokens = round.tokensDrawn();
    json.put("tokens_drawn", tokens.isPresent() ? tokens.getAsLong() : null);
    json.put("provenance", provenance);
    return json;
  }
}
