package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;

/// What the gateway answers is what OpenAI's published document says that its interface answers.
/// What it has besides, the object `topdraw`, the document allows: it closes no object.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSchemaTest {
  private static final ObjectNode DOCUMENT = document();

  private static ObjectNode document() {
    try (InputStream in = OpenAiSchemaTest.class.getResourceAsStream("openai-schemas.json")) {
      return (ObjectNode)
          Json.read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServedWords served;

  @BeforeAll
  void start() {
    served = ServedWords.start();
  }

  @AfterAll
  void close() {
    served.close();
  }

  private static List<Error> errors(String name, JsonNode body) {
    assertThat(DOCUMENT.at("/components/schemas/" + name).isObject()).isTrue();
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(DOCUMENT.deepCopy().put("$ref", "#/components/schemas/" + name))
        .validate(body);
  }

  private static void require(String name, String body) {
    assertThat(errors(name, Json.read(body))).as(body).isEmpty();
  }

  private String post(String path, String body) {
    HttpResponse<String> answer = served.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<String> data(String stream) {
    List<String> data =
        stream
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring("data: ".length()))
            .toList();
    assertThat(data.getLast()).isEqualTo("[DONE]");
    return data.subList(0, data.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"n\":2",
        "\"topdraw\":{\"n\":1}",
        "\"topdraw\":{\"n\":4,\"candidates\":\"full\"}",
        "\"topdraw\":{\"method\":\"early-stop\",\"n\":8,\"threshold\":2,\"reward\":\"colourful\"}",
      })
  void conversations(String more) {
    String chat = "/v1/chat/completions";
    require("CreateChatCompletionResponse", post(chat, ServedWords.chat(more)));
    String streamed = "\"stream\":true" + (more.isEmpty() ? "" : "," + more);
    List<String> chunks = data(post(chat, ServedWords.chat(streamed)));
    assertThat(chunks).hasSizeGreaterThan(1);
    chunks.forEach(chunk -> require("CreateChatCompletionStreamResponse", chunk));
    String counted = streamed + ",\"stream_options\":{\"include_usage\":true}";
    List<String> counts = data(post(chat, ServedWords.chat(counted)));
    require("CreateChatCompletionStreamResponse", counts.getLast());
    JsonNode usage = Json.read(counts.getLast()).path("usage");
    require("CompletionUsage", usage.toString());
  }

  @Test
  void texts() {
    String path = "/v1/completions";
    String body = "{\"model\":\"words\",\"prompt\":\"Once\",\"max_tokens\":3,\"n\":2%s}";
    require("CreateCompletionResponse", post(path, body.formatted("")));
    List<String> chunks = data(post(path, body.formatted(",\"stream\":true")));
    assertThat(chunks).hasSize(2);
    chunks.forEach(chunk -> require("CreateCompletionResponse", chunk));
  }

  @Test
  void models() {
    require("ListModelsResponse", served.get("/v1/models").body());
    require("Model", served.get("/v1/models/words").body());
  }

  @Test
  void errors() {
    try (ServedWords locked = ServedWords.locked(Set.of("td-key"))) {
      HttpResponse<String> refused = locked.get("/v1/models");
      assertThat(refused.statusCode()).isEqualTo(401);
      require("ErrorResponse", refused.body());
    }
    require("ErrorResponse", served.get("/v1/models/nobody").body());
    require("ErrorResponse", served.get("/v1/nothing").body());
    for (String body : List.of("", "[]", ServedWords.chat("\"topdraw\":{\"n\":0}"))) {
      HttpResponse<String> answer = served.post("/v1/chat/completions", body);
      assertThat(answer.statusCode()).isEqualTo(400);
      require("ErrorResponse", answer.body());
    }
  }

  /// That what is held to the document can fail.
  @Test
  void whatIsMissingIsFound() {
    ObjectNode answer = (ObjectNode) served.ask("");
    ((ObjectNode) answer.at("/choices/0/message")).remove("refusal");
    assertThat(errors("CreateChatCompletionResponse", answer))
        .singleElement()
        .satisfies(error -> assertThat(error.getMessage()).contains("refusal"));
  }
}
