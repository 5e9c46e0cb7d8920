package topdraw.gateway.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;

/// What a caller asks, read from the body of a request.
///
/// @param model the name of a model or an alias, as it was given
/// @param prompt what is asked: a conversation, or a text to continue
/// @param settings how tokens are to be drawn
/// @param choices how many answers are to be returned, each chosen by itself
/// @param stream how the answer is to be streamed; empty where it comes in one piece
/// @param likely whether the log-probabilities of the answer's tokens are asked for
/// @param stop texts before which an answer ends
/// @param seed the seed of its draws
/// @param options how the answer is to be chosen
/// @param body the request as it came, without what is meant for the gateway
/// @param warnings what of the request has another meaning here than a caller may think
public record Question(
    String model,
    Prompt prompt,
    Settings settings,
    int choices,
    Optional<Stream> stream,
    boolean likely,
    List<String> stop,
    Optional<Long> seed,
    Options options,
    ObjectNode body,
    List<String> warnings) {
  /// Copies the lists.
  public Question {
    stop = List.copyOf(stop);
    warnings = List.copyOf(warnings);
  }

  /// The same question, answered in another way.
  ///
  /// @param others how the answer is to be chosen
  /// @return the question
  public Question with(Options others) {
    return new Question(
        model, prompt, settings, choices, stream, likely, stop, seed, others, body, warnings);
  }

  /// Whether it is a conversation.
  ///
  /// @return false where a text is continued
  public boolean chat() {
    return prompt instanceof Prompt.Chat;
  }

  /// The same, with another warning.
  ///
  /// @param warning what of it is answered in part, one line
  /// @return the question
  public Question warning(String warning) {
    List<String> all = new ArrayList<>(warnings);
    all.add(warning);
    return new Question(
        model, prompt, settings, choices, stream, likely, stop, seed, options, body, all);
  }

  /// How tokens are to be drawn, as far as the caller says.
  ///
  /// @param temperature from 0 to 2
  /// @param topP from 0 to 1
  /// @param topK from 0
  /// @param minP from 0 to 1
  /// @param maxTokens the most tokens of an answer
  public record Settings(
      Optional<Double> temperature,
      Optional<Double> topP,
      Optional<Integer> topK,
      Optional<Double> minP,
      Optional<Integer> maxTokens) {}

  /// How an answer is streamed.
  ///
  /// @param usage whether the counts of tokens come at its end
  public record Stream(boolean usage) {}
}
