package topdraw.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import topdraw.draw.Draw;
import topdraw.draw.Score;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.http.Door;
import topdraw.gateway.http.GatewayServer;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Limits;
import topdraw.provider.Surroundings;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.Rewards;
import topdraw.servers.Forwarding;
import topdraw.servers.WordServer;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;

/// LangChain4j's own client, over the wire, in front of a model whose law is known: four words and
/// an end, each with probability 1/5. The gateway gives each request a seed of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BestOfNChatModelTest {
  private static final Reward RED = Rewards.named("regex:^red");

  private WordServer words;
  private Gateway gateway;
  private GatewayServer server;

  @BeforeAll
  void start() {
    words = WordServer.start();
    gateway =
        new Gateway(
            new ServerUpstream(
                Forwarding.open(
                    ServerClient.of(
                        ServerAddress.of(words.url()),
                        Optional.empty(),
                        ClientSettings.defaults().once(),
                        Surroundings.of(Map.of())),
                    Optional.empty()),
                64,
                4),
            new RewardShelf(RewardCatalog.withoutModel(), Map.of()),
            Limits.USUAL,
            List.of(new Alias("words", Options.NONE.with(Method.PASSTHROUGH), Optional.empty())),
            new Ledger.None(),
            answer -> {});
    server =
        GatewayServer.start(
            gateway,
            new Door(Map.of(), Set.of("127.0.0.1")),
            Limits.USUAL,
            Confidence.DEFAULT,
            "127.0.0.1",
            0,
            new RequestLog(new PrintStream(OutputStream.nullOutputStream())));
  }

  @AfterAll
  void close() {
    server.close();
    gateway.close();
    words.close();
  }

  private OpenAiChatModel.OpenAiChatModelBuilder model() {
    return OpenAiChatModel.builder()
        .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
        .apiKey("none")
        .modelName("words")
        .maxTokens(3)
        .maxRetries(0);
  }

  private static BestOfNMetadata told(ChatResponse answer) {
    return (BestOfNMetadata) answer.metadata();
  }

  /// LangChain4j has no empty text.
  private static String text(ChatResponse answer) {
    return Objects.requireNonNullElse(answer.aiMessage().text(), "");
  }

  private static ChatRequest question() {
    return ChatRequest.builder().messages(UserMessage.from("Colours?")).build();
  }

  @Test
  void theAnswerIsTheBestAndSaysWhatItWasChosenAmong() {
    ChatModel best = new BestOfNChatModel(model().build(), 8, Rewards.negativeLength());
    ChatResponse answer = best.chat(question());
    List<Draw> draws = told(answer).round().draws();
    assertThat(draws).hasSize(8);
    double top = draws.stream().mapToDouble(draw -> draw.score().rank()).max().orElseThrow();
    assertThat(told(answer).round().winner().score()).isEqualTo(new Score.Value(top));
    assertThat(text(answer)).isEqualTo(told(answer).round().winner().text().orElseThrow());
    assertThat(answer.tokenUsage().outputTokenCount())
        .isEqualTo((int) draws.stream().mapToDouble(d -> d.length().orElseThrow()).sum());
    assertThat(answer.id()).isEqualTo(told(answer).answer().id()).isNotEmpty();
    assertThat(told(answer).findings().getFirst().value())
        .isCloseTo(KlBounds.analytical(8), within(1e-12));
  }

  /// One of four begins with red with probability 1 - (4/5)^4; five standard deviations each way.
  @Test
  void itDrawsFromTheLawOfTheBestOfN() {
    ChatModel best = new BestOfNChatModel(model().build(), 4, RED);
    int asked = 100;
    long red =
        IntStream.range(0, asked)
            .filter(i -> text(best.chat(question())).startsWith("red"))
            .count();
    double law = 1 - Math.pow(0.8, 4);
    assertThat((double) red / asked).isCloseTo(law, within(5 * Math.sqrt(law * (1 - law) / asked)));
  }

  @Test
  void atTemperatureZeroOneIsDrawn() {
    ChatModel best = new BestOfNChatModel(model().temperature(0.0).build(), 4, RED);
    ChatResponse answer = best.chat(question());
    assertThat(told(answer).round().draws()).hasSize(1);
    assertThat(told(answer).findings().getFirst().value()).isZero();
  }

  @Test
  void aRewardSeesTheConversation() {
    ChatResponse answer =
        new BestOfNChatModel(model().build(), 2, RED)
            .chat(
                SystemMessage.from("Be brief."),
                UserMessage.from("Hello."),
                AiMessage.from("Hello."),
                UserMessage.from("Colours?"));
    assertThat(told(answer).round().prompt().display()).isEqualTo("Colours?");
  }

  @Test
  void aRequestThatFailsIsTheCallsFailure() {
    ChatModel best = new BestOfNChatModel(model().modelName("nobody").build(), 3, RED);
    assertThatThrownBy(() -> best.chat("Colours?")).isInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void withoutAScoreThereIsNoBest() {
    ChatModel best = new BestOfNChatModel(model().build(), 3, Rewards.logLikelihood());
    assertThatThrownBy(() -> best.chat("Colours?"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("none of 3 answers has a score by log-likelihood");
    assertThatThrownBy(() -> new BestOfNChatModel(model().build(), 0, RED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n must be at least 1, was 0");
  }
}
