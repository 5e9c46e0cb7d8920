package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Origin;
import topdraw.draw.Outcome;
import topdraw.draw.Place;
import topdraw.draw.Prompt.Message;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.prompts.Turns;
import topdraw.recordings.row.Numbers;

/// Preferred and other answers, one of each or lists: `chosen` and `rejected`, with a reward of 1
/// and 0. They were chosen, not drawn, so each has an origin of its own.
final class Preferences {
  static final String CHOSEN = "chosen";

  /// The columns that are read.
  static final List<String> COLUMNS = List.of(CHOSEN, "rejected", "score_chosen", "score_rejected");

  private Preferences() {}

  /// Whether a row holds preferences.
  static boolean in(JsonNode row) {
    return row.hasNonNull(CHOSEN) && row.hasNonNull("rejected");
  }

  /// What was asked, where only the conversations say so.
  static List<Message> asked(JsonNode row) {
    return Turns.asked(Turns.of(row.get(CHOSEN)));
  }

  static List<Draw> of(JsonNode row, String place) {
    List<Draw> draws = new ArrayList<>();
    add(row, CHOSEN, 1, draws, place);
    add(row, "rejected", 0, draws, place);
    return draws;
  }

  private static void add(
      JsonNode row, String side, double reward, List<Draw> draws, String place) {
    Scores scores = new Scores(List.of(CHOSEN), List.of(new Score.Value(reward)));
    JsonNode answers = row.get(side);
    boolean one = !answers.isArray() || !Turns.of(answers).isEmpty();
    if (one) {
      OptionalDouble score = Numbers.read(row.get("score_" + side), "score_" + side);
      if (score.isPresent()) {
        Score value = new Score.Value(score.getAsDouble());
        scores = scores.and(new Scores(List.of("score"), List.of(value)));
      }
    }
    for (JsonNode answer : one ? List.of(answers) : answers) {
      draws.add(draw(draws.size(), answer, scores, side + " " + draws.size(), place));
    }
  }

  private static Draw draw(int index, JsonNode answer, Scores scores, String policy, String place) {
    Optional<String> text = Optional.of(text(answer));
    Origin origin = new Origin(Optional.of(policy), Optional.empty(), Place.of(place));
    return new Draw(
        index,
        Outcome.of(Tokens.unknown(), text, FinishReason.NOT_RECORDED, origin.place()),
        text,
        Tokens.unknown(),
        LogProbability.missing(),
        FinishReason.NOT_RECORDED,
        scores,
        OptionalDouble.empty(),
        origin);
  }

  /// A text, or a conversation that ends with it.
  private static String text(JsonNode answer) {
    if (answer.isString()) {
      return answer.stringValue();
    }
    return Turns.answer(Turns.of(answer))
        .map(Turns.Answer::text)
        .orElseThrow(
            () ->
                new InputException(
                    Problem.MALFORMED,
                    "a preferred or other answer is a text, or messages that end with one"));
  }
}
