package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import topdraw.theory.bound.KlBounds;

/// OpenAI's client for Java, unchanged, in its strict mode: an answer that is not what its types
/// say is an error.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaTest {
  private static final String KEY = "td-java";

  private ServedWords served;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    served = ServedWords.locked(Set.of(KEY));
    client = client(KEY);
  }

  @AfterAll
  void close() {
    client.close();
    served.close();
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(served.url("/v1"))
        .apiKey(key)
        .maxRetries(0)
        .responseValidation(true)
        .build();
  }

  private static ChatCompletionCreateParams.Builder question(int n) {
    return ChatCompletionCreateParams.builder()
        .model("words")
        .addUserMessage("Colours?")
        .maxCompletionTokens(3)
        .putAdditionalBodyProperty("topdraw", JsonValue.from(Map.of("n", n)));
  }

  private static void requireBestOf(int n, Map<String, JsonValue> more) {
    Told told = more.get("topdraw").convert(Told.class);
    assertThat(told.method).isEqualTo("best-of-n");
    assertThat(told.n_drawn).isEqualTo(n);
    assertThat(told.findings.getFirst())
        .containsEntry("quantity", "kl")
        .containsEntry("value", KlBounds.analytical(n));
  }

  /// What a caller may make of the object that this client knows nothing of.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Told(String method, int n_drawn, List<Map<String, Object>> findings) {}

  @Test
  void theModelsAreListed() {
    assertThat(client.models().list().data())
        .singleElement()
        .satisfies(model -> assertThat(model.validate().id()).isEqualTo("words"));
    assertThat(client.models().retrieve("words").validate().ownedBy()).isEqualTo("topdraw");
  }

  @Test
  void anAnswerAndWhatIsKnownOfIt() {
    ChatCompletion answer = client.chat().completions().create(question(4).build());
    assertThat(answer.choices().getFirst().message().content()).isPresent();
    assertThat(answer.usage()).isPresent();
    requireBestOf(4, answer._additionalProperties());
  }

  @Test
  void headersAndOptionsInHeaders() {
    ChatCompletionCreateParams asked =
        ChatCompletionCreateParams.builder()
            .model("words")
            .addUserMessage("Colours?")
            .maxCompletionTokens(3)
            .putAdditionalHeader("X-Topdraw-N", "5")
            .build();
    try (HttpResponseFor<ChatCompletion> raw =
        client.withRawResponse().chat().completions().create(asked)) {
      assertThat(raw.headers().values("x-topdraw-candidates")).containsExactly("5");
      assertThat(raw.requestId()).isPresent();
      requireBestOf(5, raw.parse().validate()._additionalProperties());
    }
  }

  @Test
  @SuppressWarnings("deprecation") // of seed, which goes on working
  void aStreamIsTheSameAnswer() {
    ChatCompletionCreateParams.Builder asked = question(4).seed(5);
    ChatCompletion whole = client.chat().completions().create(asked.build());
    ChatCompletionAccumulator pieces = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                asked
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      stream.stream().map(ChatCompletionChunk::validate).forEach(pieces::accumulate);
    }
    ChatCompletion streamed = pieces.chatCompletion();
    assertThat(streamed.choices().getFirst().message().content())
        .isEqualTo(whole.choices().getFirst().message().content());
    assertThat(streamed.choices().getFirst().finishReason())
        .isEqualTo(whole.choices().getFirst().finishReason());
    assertThat(streamed.usage()).isEqualTo(whole.usage());
  }

  @Test
  void aTextGoesOn() {
    CompletionCreateParams asked =
        CompletionCreateParams.builder()
            .model("words")
            .prompt("Once")
            .maxTokens(3)
            .bestOf(4)
            .build();
    Completion answer = client.completions().create(asked).validate();
    requireBestOf(4, answer._additionalProperties());
    try (StreamResponse<Completion> stream = client.completions().createStreaming(asked)) {
      assertThat(stream.stream().map(Completion::validate)).isNotEmpty();
    }
  }

  @Test
  void severalAnswers() {
    ChatCompletion answer = client.chat().completions().create(question(3).n(2).build());
    assertThat(answer.choices()).extracting(ChatCompletion.Choice::index).containsExactly(0L, 1L);
  }

  @Test
  void whatGoesWrongHasItsClass() {
    assertThatThrownBy(
            () -> client.chat().completions().create(question(1).model("nobody").build()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> client.chat().completions().create(question(0).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, error -> assertThat(error.param()).contains("topdraw.n"));
    OpenAIClient stranger = client("td-stranger");
    assertThatThrownBy(() -> stranger.models().list())
        .isInstanceOfSatisfying(
            UnauthorizedException.class,
            error -> assertThat(error.code()).contains("invalid_api_key"));
    stranger.close();
  }
}
