package topdraw.reward;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;

/// What a program or server says of one completion: of the whole, or of its steps.
///
/// @param score of the whole
/// @param steps of the steps
public record AnsweredItem(Score score, Steps steps) {
  static final AnsweredItem NO_TEXT = missing("the completion's text is not recorded");

  /// Neither, and why.
  ///
  /// @param reason why, in one line
  /// @return an item without scores
  public static AnsweredItem missing(String reason) {
    return new AnsweredItem(new Score.Missing(reason), new Steps.Missing(reason));
  }

  /// An entry of an answer: `{"value": 1.5}`, `{"steps": [0.9, 0.4]}` or `{"error": "why"}`.
  ///
  /// @param entry the entry
  /// @param who answered, as `the program`
  /// @return what it says
  static AnsweredItem of(JsonNode entry, String who) {
    JsonNode value = entry.path("value");
    JsonNode steps = entry.path("steps");
    String error = entry.path("error").asString("");
    if (value.isNumber() || !steps.isArray()) {
      return new AnsweredItem(
          value.isNumber()
              ? Score.of(value.doubleValue())
              : new Score.Missing(error.isEmpty() ? who + " gave no number, but " + value : error),
          new Steps.Missing(error.isEmpty() ? who + " scored the whole and no steps" : error));
    }
    return ofSteps(steps(steps, who), who);
  }

  /// Scores of steps, which are none of the whole until it is said how they make one.
  ///
  /// @param steps the steps
  /// @param who scored them
  /// @return an item that has no score of the whole
  public static AnsweredItem ofSteps(Steps steps, String who) {
    return new AnsweredItem(
        new Score.Missing(
            who + " scored steps; say how they make one score, as in steps(min, REWARD)"),
        steps);
  }

  /// A list of numbers.
  ///
  /// @param list the list
  /// @param who answered
  /// @return the steps; missing where one is no number that can be ranked
  public static Steps steps(JsonNode list, String who) {
    List<Double> values = new ArrayList<>();
    for (JsonNode step : list) {
      if (!step.isNumber() || !(Score.of(step.doubleValue()) instanceof Score.Value)) {
        return new Steps.Missing(
            who + " gave no number for step " + values.size() + ", but " + step);
      }
      values.add(step.doubleValue());
    }
    return values.isEmpty()
        ? new Steps.Missing(who + " found no step to score")
        : new Steps.Scored(values);
  }
}
