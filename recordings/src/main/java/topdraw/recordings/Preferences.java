package topdraw.recordings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import topdraw.reference.Prompt.Message;
import topdraw.sample.LogProbabilityMeaning;
import topdraw.sample.Place;
import topdraw.sample.Sample;

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

  static List<Sample> of(JsonNode row, String place) {
    List<Sample> samples = new ArrayList<>();
    add(row, CHOSEN, 1, samples, place);
    add(row, "rejected", 0, samples, place);
    return samples;
  }

  private static void add(
      JsonNode row, String side, double reward, List<Sample> samples, String place) {
    Map<String, Double> rewards = new LinkedHashMap<>();
    rewards.put(CHOSEN, reward);
    JsonNode answers = row.get(side);
    boolean one = !answers.isArray() || !Turns.of(answers).isEmpty();
    if (one) {
      Numbers.read(row.get("score_" + side), "score_" + side)
          .ifPresent(score -> rewards.put("score", score));
    }
    for (JsonNode answer : one ? List.of(answers) : answers) {
      samples.add(sample(answer, rewards, side + " " + samples.size(), place));
    }
  }

  private static Sample sample(
      JsonNode answer, Map<String, Double> rewards, String origin, String place) {
    String text = text(answer);
    return new Sample(
        text,
        Optional.of(text),
        OptionalDouble.empty(),
        LogProbabilityMeaning.UNKNOWN,
        rewards,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(origin),
        Place.of(place));
  }

  /// A text, or a conversation that ends with it.
  private static String text(JsonNode answer) {
    if (answer.isString()) {
      return answer.stringValue();
    }
    return Turns.answer(Turns.of(answer))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a preferred or other answer is a text, or messages that end with one"));
  }
}
