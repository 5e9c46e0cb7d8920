package topdraw.recordings.row;

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
import topdraw.draw.Prompt;
import topdraw.draw.Prompt.Message;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// Reads a line that holds one draw, as our runs write them; whoever else does may leave things
/// out.
public final class DrawLine {
  private DrawLine() {}

  /// The prompt of a line.
  ///
  /// @param line the line
  /// @return what was asked: a text or messages
  public static Prompt prompt(JsonNode line) {
    JsonNode prompt = line.path("prompt");
    if (prompt.has("text")) {
      return new Prompt.Text(prompt.get("text").asString());
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : prompt.path("messages")) {
      messages.add(
          new Message(
              message.path("role").asString(),
              message.path("content").asString(),
              message.path("more").asStringOpt()));
    }
    return new Prompt.Chat(messages);
  }

  /// Whether a line holds a completion.
  ///
  /// @param line the line
  /// @return false where it says why there is none
  public static boolean drawn(JsonNode line) {
    return line.path("completion").isObject();
  }

  /// The draw of a line that has one, with no score yet.
  ///
  /// @param line the line
  /// @param place where it stands
  /// @return the draw
  public static Draw draw(JsonNode line, Place place) {
    JsonNode completion = line.path("completion");
    Optional<String> text = completion.path("text").asStringOpt();
    FinishReason finish = FinishReason.of(completion.path("finish_reason").asStringOpt());
    Tokens tokens = tokens(line);
    JsonNode sum = line.at("/logprob/sum");
    return new Draw(
        line.path("i").asInt(),
        Outcome.of(tokens, text, finish, place),
        text,
        tokens,
        LogProbabilities.of(line, LogProbabilities.sum(sum), finish.cut()),
        finish,
        Scores.none(),
        OptionalDouble.empty(),
        new Origin(
            line.at("/origin/policy").asStringOpt(), line.at("/origin/seed").asStringOpt(), place));
  }

  private static Tokens tokens(JsonNode line) {
    Optional<Tokens.Ids> ids = ids(line);
    if (ids.isPresent()) {
      return ids.get();
    }
    JsonNode texts = line.at("/completion/token_texts");
    if (texts.isArray()) {
      return new Tokens.Texts(
          texts.valueStream().map(JsonNode::asString).toList(), perToken(line, texts.size()));
    }
    JsonNode count =
        line.at("/logprob/tokens").isNumber()
            ? line.at("/logprob/tokens")
            : line.at("/usage/completion_tokens");
    return count.isNumber() ? new Tokens.Count(count.doubleValue()) : Tokens.unknown();
  }

  /// The tokens of a line whose completion has their ids.
  ///
  /// @param line the line
  /// @return the tokens; empty where it has no ids
  public static Optional<Tokens.Ids> ids(JsonNode line) {
    JsonNode ids = line.at("/completion/token_ids");
    if (!ids.isArray() || ids.isEmpty() || !ids.valueStream().allMatch(JsonNode::canConvertToInt)) {
      return Optional.empty();
    }
    return Optional.of(
        new Tokens.Ids(
            ids.valueStream().mapToInt(JsonNode::intValue).toArray(), perToken(line, ids.size())));
  }

  /// None where a token's is missing or impossible.
  private static double[] perToken(JsonNode line, int tokens) {
    JsonNode array = line.at("/logprob/per_token");
    if (!array.isArray() || array.size() != tokens) {
      return new double[0];
    }
    double[] numbers = new double[tokens];
    for (int k = 0; k < tokens; k++) {
      JsonNode number = array.get(k);
      if (!number.isNumber() || !LogProbability.possible(number.doubleValue())) {
        return new double[0];
      }
      numbers[k] = number.doubleValue();
    }
    return numbers;
  }
}
