package topdraw.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.servers.http.TestServer;

/// Answers of real servers, as they were recorded byte for byte.
public final class Replay {
  private Replay() {}

  /// The body of a question, as it was sent when the answer was recorded.
  public static JsonNode question(String name) {
    try (InputStream in = Replay.class.getResourceAsStream("/recorded/" + name + ".request")) {
      if (in == null) throw new AssertionError("nothing is recorded under " + name);
      String whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.mapper().readTree(whole.substring(whole.indexOf("\r\n\r\n") + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The bytes of an answer, its status line and headers included.
  public static byte[] bytes(String name) {
    try (InputStream in = Replay.class.getResourceAsStream("/recorded/" + name + ".response")) {
      if (in == null) throw new AssertionError("nothing is recorded under " + name);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JSON of an answer, read without the program's help.
  public static JsonNode json(String name) {
    String whole = new String(bytes(name), StandardCharsets.UTF_8);
    int body = whole.indexOf("\r\n\r\n") + 4;
    return Json.mapper().readTree(whole.substring(body));
  }

  /// Whether something is recorded: a `request` or a `response`.
  static boolean has(String name, String kind) {
    return Replay.class.getResource("/recorded/" + name + "." + kind) != null;
  }

  /// The JSON of a question as it was recorded.
  static JsonNode request(String name) {
    try (InputStream in = Replay.class.getResourceAsStream("/recorded/" + name + ".request")) {
      if (in == null) throw new AssertionError("no question is recorded under " + name);
      String whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.mapper().readTree(whole.substring(whole.indexOf("\r\n\r\n") + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JSON of a question as it comes; an empty object where it has none.
  static JsonNode body(TestServer.Asked asked) {
    return asked.body().isEmpty()
        ? Json.mapper().createObjectNode()
        : Json.mapper().readTree(asked.body());
  }

  /// A server that answers with recordings.
  ///
  /// @param chosen names the answer to a question and its body; null for none
  public static TestServer server(BiFunction<TestServer.Asked, JsonNode, String> chosen) {
    return TestServer.start(
        (asked, wire) -> {
          wire.raw(bytes(chosen.apply(asked, body(asked))));
        });
  }
}
