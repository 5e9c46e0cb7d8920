package topdraw.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// LangChain4j's client of OpenAI, unchanged.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangChain4jTest {
  private ServedWords served;

  @BeforeAll
  void start() {
    served = ServedWords.start();
  }

  @AfterAll
  void close() {
    served.close();
  }

  private OpenAiChatModel.OpenAiChatModelBuilder model(int n) {
    return OpenAiChatModel.builder()
        .baseUrl(served.url("/v1"))
        .apiKey("none")
        .modelName("words")
        .maxTokens(3)
        .seed(5)
        .maxRetries(0)
        .customParameters(Map.of("topdraw", Map.of("n", n)));
  }

  private static ChatRequest question() {
    return ChatRequest.builder().messages(UserMessage.from("Colours?")).build();
  }

  @Test
  void anAnswerAndWhatIsKnownOfIt() {
    ChatResponse answer = model(4).build().chat(question());
    assertThat(answer.aiMessage().text()).isNotNull();
    assertThat(answer.finishReason()).isNotNull();
    assertThat(answer.tokenUsage().totalTokenCount()).isPositive();
    OpenAiChatResponseMetadata told = (OpenAiChatResponseMetadata) answer.metadata();
    assertThat(told.rawHttpResponse().headers()).containsKey("x-topdraw-run-id");
    JsonNode topdraw = Json.read(told.rawHttpResponse().body()).path("topdraw");
    assertThat(topdraw.path("n_drawn").asInt()).isEqualTo(4);
    assertThat(topdraw.path("findings")).isNotEmpty();
  }

  @Test
  void aStreamIsTheSameAnswer() throws Exception {
    CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
    StringBuilder pieces = new StringBuilder();
    OpenAiStreamingChatModel.builder()
        .baseUrl(served.url("/v1"))
        .apiKey("none")
        .modelName("words")
        .maxTokens(3)
        .seed(5)
        .customParameters(Map.of("topdraw", Map.of("n", 4)))
        .build()
        .chat(
            question(),
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                pieces.append(piece);
              }

              @Override
              public void onCompleteResponse(ChatResponse whole) {
                streamed.complete(whole);
              }

              @Override
              public void onError(Throwable error) {
                streamed.completeExceptionally(error);
              }
            });
    ChatResponse whole = model(4).build().chat(question());
    assertThat(streamed.get().aiMessage().text()).isEqualTo(whole.aiMessage().text());
    assertThat(pieces.toString()).isEqualTo(whole.aiMessage().text());
    assertThat(streamed.get().tokenUsage().totalTokenCount())
        .isEqualTo(whole.tokenUsage().totalTokenCount());
  }

  @Test
  void whatGoesWrongHasItsClass() {
    assertThatThrownBy(() -> model(4).modelName("nobody").build().chat(question()))
        .isInstanceOf(ModelNotFoundException.class);
    assertThatThrownBy(() -> model(0).build().chat(question()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("topdraw.n");
  }
}
