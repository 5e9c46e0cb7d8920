package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Score;

class JsonSchemaTest {
  private static final String PERSON =
      """
      {"type": "object", "required": ["name", "age"], "additionalProperties": false,
       "properties": {"name": {"type": "string", "pattern": "^[A-Z]"}, "age": {"type": "integer", "minimum": 0}}}
      """;

  @TempDir private Path folder;

  private Reward schema(String text) throws IOException {
    return Rewards.named("json-schema:" + Files.writeString(folder.resolve("schema.json"), text));
  }

  @Test
  void aValidDocumentScoresOneAndAnythingElseZero() throws IOException {
    assertThat(
            Completions.score(
                schema(PERSON),
                "{\"name\": \"Ada\", \"age\": 36}",
                " \n{\"name\": \"Ada\", \"age\": 36}\n",
                "```json\n{\"name\": \"Ada\", \"age\": 36}\n```",
                "```\n{\"name\": \"Ada\", \"age\": 36}\n```\n",
                "{\"name\": \"ada\", \"age\": 36}",
                "{\"name\": \"Ada\", \"age\": -1}",
                "{\"name\": \"Ada\", \"age\": 36} and more",
                "Here you are: {\"name\": \"Ada\", \"age\": 36}",
                "{\"name\": \"Ada\"",
                "",
                "[".repeat(200)))
        .isEqualTo(Completions.values(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void nothingIsFetchedAndTheScoreIsMissing() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = "{\"type\": \"integer\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/part.json";
      Path local = Files.writeString(folder.resolve("part.json"), "{\"type\": \"integer\"}");
      for (String part : new String[] {address, local.toUri().toString()}) {
        assertThatThrownBy(
                () ->
                    Completions.score(schema("{\"$ref\": \"" + part + "\"}"), "1")
                        .forEach(
                            score -> {
                              if (score instanceof Score.Missing(String reason)) {
                                throw new IllegalArgumentException(reason);
                              }
                            }))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPatternThatHangsOtherEnginesTakesLinearTime() throws IOException {
    Reward reward = schema("{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThat(Completions.score(reward, '"' + "a".repeat(100_000) + "!\""))
                .isEqualTo(Completions.values(0)));
  }

  @Test
  void aNumberBeyondTheDoublesCannotEndARun() throws IOException {
    for (String keyword :
        new String[] {"\"type\": \"integer\", \"maximum\": 5", "\"multipleOf\": 0.1"}) {
      assertThat(Completions.score(schema("{" + keyword + "}"), "1e999999999", "2"))
          .as(keyword)
          .satisfiesExactly(
              beyond -> assertThat(beyond).isInstanceOf(Score.Missing.class),
              two -> assertThat(two).isEqualTo(new Score.Value(1)));
    }
  }

  @Test
  void aSchemaMayReferToItself() throws IOException {
    Reward nested = schema("{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}");
    assertThat(Completions.score(nested, "[[], [[]]]", "[1]")).isEqualTo(Completions.values(1, 0));
  }

  @Test
  void aBrokenSchemaIsRefusedByName() {
    for (String broken :
        new String[] {
          "{",
          "[1]",
          "{\"pattern\": \"(?=a)\"}",
          "{\"$ref\": \"#\"}",
          "{\"type\": \"integre\"}",
          "{\"properties\": {\"a\": {\"minLength\": \"x\"}}}",
          "{\"$schema\": \"http://127.0.0.1:9/dialect\"}"
        }) {
      assertThatThrownBy(() -> schema(broken))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("schema.json");
    }
    assertThatThrownBy(() -> Rewards.named("json-schema:no-such.json"))
        .hasMessageContaining("no-such.json");
  }

  @Test
  void theIdentityFollowsTheSchemaAndNotItsLayout() throws IOException {
    RewardIdentity one = schema("{\"type\": \"string\"}").identity();
    assertThat(schema("{ \"type\":\"string\" }").identity()).isEqualTo(one);
    assertThat(schema("{\"type\": \"number\"}").identity()).isNotEqualTo(one);
  }

  /// References multiply: 3 times 10^7 looks at one document.
  @Test
  void aSchemaThatWouldTakeHoursIsRefusedAtOnce() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> schema(bomb("{\"type\": \"string\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.json")
                .hasMessageContaining("steps"));
  }

  @Test
  void aSchemaThatOnlyACompletionSetsOffLeavesItWithoutAScore() throws IOException {
    Reward reward =
        schema(
            bomb("{\"type\": \"string\"}")
                .replaceFirst("\\{(\"\\$ref\".*?), ", "{\"properties\": {\"x\": {$1}}, "));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(Completions.score(reward, "{\"x\": 1}").getFirst())
                .isInstanceOfSatisfying(
                    Score.Missing.class,
                    missing -> assertThat(missing.reason()).contains("steps")));
  }

  private static String bomb(String leaf) {
    StringBuilder definitions = new StringBuilder();
    for (char c = 'a'; c < 'h'; c++) {
      String next = "{\"$ref\": \"#/$defs/" + (char) (c + 1) + "\"}";
      definitions
          .append("\"" + c + "\": {\"allOf\": [")
          .append(String.join(", ", Collections.nCopies(10, next)))
          .append("]}, ");
    }
    return "{\"$ref\": \"#/$defs/a\", \"$defs\": {" + definitions + "\"h\": " + leaf + "}}";
  }

  @Test
  void whatIsNoFileIsNotRead() throws IOException {
    assertThatThrownBy(() -> Rewards.named("json-schema:" + folder))
        .hasMessageContaining("is a folder");
    if (Files.exists(Path.of("/dev/zero"))) {
      assertThatThrownBy(() -> Rewards.named("json-schema:/dev/zero"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("json-schema: /dev/zero is a device");
    }
    assertThatThrownBy(() -> schema(" ".repeat((1 << 20) + 1)))
        .hasMessageContaining("longer than 1,048,576 bytes");
  }
}
