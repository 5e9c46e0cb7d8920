package topdraw.servers;

import java.util.List;
import java.util.Set;
import topdraw.servers.probe.Question;

/// One setting of a request.
///
/// @param name its name on the wire
/// @param value what is sent
/// @param free whether a server that does not know it draws the same without it
record Field(String name, Object value, boolean free) {
  /// Settings that cut unlikely tokens off.
  static final Set<String> CUTS = Set.of("top_k", "top_p", "min_p", "typical_p", "xtc_probability");

  /// Settings that change probabilities in another way than by temperature and cuts.
  static final Set<String> PENALTIES =
      Set.of(
          "presence_penalty",
          "frequency_penalty",
          "repeat_penalty",
          "repetition_penalty",
          "dry_multiplier",
          "dynatemp_range",
          "mirostat");

  /// Settings of what is told and of how much, which say nothing of how tokens are drawn.
  static final Set<String> OF_A_COMPLETION = Set.of("max_tokens", "n", "logprobs", "top_logprobs");

  /// What a probe asks in place of it.
  Field probing(Question question) {
    return switch (name) {
      case "n" -> new Field(name, question.choices(), free);
      case "top_logprobs" -> new Field(name, Question.LIKELIEST, free);
      // Where texts are continued this one asks how many.
      case "logprobs" ->
          value instanceof Integer ? new Field(name, Question.LIKELIEST, free) : this;
      default -> this;
    };
  }

  static Field needed(String name, Object value) {
    return new Field(name, value, false);
  }

  static Field free(String name, Object value) {
    return new Field(name, value, true);
  }

  /// A setting that does nothing at this value.
  static Field off(String name, Object value) {
    return new Field(name, value, true);
  }

  /// How it is recorded.
  static String words(List<Field> fields) {
    StringBuilder words = new StringBuilder();
    for (Field field : fields) {
      words
          .append(words.isEmpty() ? "" : " ")
          .append(field.name())
          .append('=')
          .append(field.value());
    }
    return words.toString();
  }
}
