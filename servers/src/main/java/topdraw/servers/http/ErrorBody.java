package topdraw.servers.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// What a server says of its error, in one line, in whichever of their shapes it says it:
/// `{"error": {"message"}}`, `{"error": "…"}`, `{"message"}`, `{"detail": "…"}`, `{"detail":
/// [{"loc", "msg"}]}`, a page of HTML, plain text, or nothing.
final class ErrorBody {
  private static final int SHOWN = 300;
  private static final Pattern TITLE = Pattern.compile("(?is)<title>([^<]{0,200})</title>");

  private ErrorBody() {}

  /// The message.
  ///
  /// @param body the answer's bytes
  /// @param key taken out of it
  /// @return one line; empty where it says nothing
  static String line(byte[] body, String key) {
    String text = new String(body, StandardCharsets.UTF_8);
    String said = json(body).map(ErrorBody::message).orElseGet(() -> plain(text));
    String line = Redaction.of(said, key);
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }

  /// The error inside an answer that claims success.
  static Optional<String> inBand(JsonNode answer, String key) {
    JsonNode error = answer.get("error");
    if (error == null || error.isNull() || (error.isString() && error.asString().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(Redaction.of(message(answer), key));
  }

  /// What kind of error it is, in the server's word: the code or type.
  static String word(byte[] body) {
    return json(body)
        .map(tree -> tree.path("error").isObject() ? tree.path("error") : tree)
        .map(error -> text(error.path("code")).or(() -> text(error.path("type"))).orElse(""))
        .orElse("");
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      JsonNode tree = Json.mapper().readTree(body);
      return Optional.ofNullable(tree).filter(node -> node.isObject() || node.isArray());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static String message(JsonNode tree) {
    JsonNode error = tree.path("error");
    return text(error.path("message"))
        .or(() -> text(error))
        .or(() -> text(tree.path("message")))
        .or(() -> text(tree.path("detail")))
        .or(() -> details(tree.path("detail")))
        .orElseGet(tree::toString);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && !node.asString().isBlank()
        ? Optional.of(node.asString())
        : Optional.empty();
  }

  private static Optional<String> details(JsonNode list) {
    if (!list.isArray() || list.isEmpty()) return Optional.empty();
    JsonNode first = list.get(0);
    StringBuilder place = new StringBuilder();
    first
        .path("loc")
        .forEach(part -> place.append(place.isEmpty() ? "" : ".").append(part.asString("?")));
    return text(first.path("msg")).map(said -> place.isEmpty() ? said : place + ": " + said);
  }

  private static String plain(String text) {
    String start = text.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype") || start.startsWith("<html")) {
      Matcher title = TITLE.matcher(text);
      return title.find() ? "a web page, \"" + title.group(1).strip() + "\"" : "a web page";
    }
    return text.length() > 4 * SHOWN ? text.substring(0, 4 * SHOWN) : text;
  }
}
