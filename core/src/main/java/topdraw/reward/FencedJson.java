package topdraw.reward;

import com.google.re2j.Pattern;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.json.Json;

/// A completion that is JSON as a whole; models like to put one fence around it.
final class FencedJson {
  private static final Pattern FENCE =
      Pattern.compile("(?s)\\A\\s*```(?:json)?[ \\t]*\\r?\\n(.*?)\\r?\\n?```\\s*\\z");

  private FencedJson() {}

  /// The document that a text is.
  ///
  /// @return the document; empty where the text is none
  static Optional<JsonNode> document(String text) {
    var fenced = FENCE.matcher(text);
    try {
      return Optional.of(Json.read(fenced.matches() ? fenced.group(1) : text))
          .filter(node -> !node.isMissingNode());
    } catch (InputException e) {
      return Optional.empty();
    }
  }
}
