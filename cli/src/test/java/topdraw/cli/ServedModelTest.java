package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.answer.AnswerJson;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.EmbeddedUpstream;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;
import topdraw.gateway.question.QuestionReader;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Limits;
import topdraw.provider.DownloadProgress;
import topdraw.reference.SharedPolicyCatalog;
import topdraw.reference.SharedPolicyContext;
import topdraw.reward.RewardCatalog;
import topdraw.theory.finding.Confidence;

/// What the gateway answers from the model in this process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedModelTest {
  private static final QuestionReader READER = new QuestionReader(1 << 16);

  private Gateway gateway;

  @BeforeAll
  void open() throws IOException {
    gateway =
        new Gateway(
            new EmbeddedUpstream(
                new SharedPolicyCatalog()
                    .open(
                        "llama", new SharedPolicyContext(64, 4, Map.of(), DownloadProgress.SILENT)),
                "model"),
            new RewardShelf(RewardCatalog.withoutModel(), Map.of()),
            Limits.USUAL,
            List.of(new Alias("topdraw", Options.NONE, Optional.empty())),
            new Ledger.None(),
            answer -> {});
  }

  @AfterAll
  void close() {
    gateway.close();
  }

  private JsonNode answer(Question question) {
    Answer answer = gateway.answer("run", "key", question, (candidate, of) -> {});
    return new AnswerJson(Confidence.DEFAULT).whole(answer, 0);
  }

  private JsonNode chat(String more) {
    String body =
        "{\"model\":\"topdraw\",\"messages\":[{\"role\":\"user\",\"content\":\"Greet me with"
            + " emoji.\"}],\"max_tokens\":24,\"seed\":7,"
            + more
            + "}";
    return answer(READER.chat(body.getBytes(StandardCharsets.UTF_8), Options.NONE));
  }

  private static void requireTokensOfTheAnswer(JsonNode answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    double sum = 0;
    for (JsonNode token : answer.at("/choices/0/logprobs/content")) {
      for (JsonNode one : token.path("bytes")) bytes.write(one.asInt());
      assertThat(token.path("top_logprobs").isArray()).isTrue();
      sum += token.path("logprob").asDouble();
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isNotEmpty()
        .isEqualTo(answer.at("/choices/0/message/content").asString());
    assertThat(sum).isCloseTo(answer.at("/topdraw/logprob").asDouble(), within(1e-9));
  }

  @Test
  void logProbabilitiesAreThoseOfTheAnswersTokens() {
    requireTokensOfTheAnswer(chat("\"logprobs\":true,\"topdraw\":{\"n\":4}"));
    requireTokensOfTheAnswer(
        chat(
            "\"logprobs\":true,\"topdraw\":{\"method\":\"blockwise\",\"n\":3,\"block_tokens\":5}"));
    assertThat(chat("\"topdraw\":{\"n\":2}").at("/choices/0/logprobs").isNull()).isTrue();
  }

  @Test
  void thatOthersAreNotKnownIsSaid() {
    JsonNode answer = chat("\"logprobs\":true,\"top_logprobs\":3,\"topdraw\":{\"n\":2}");
    requireTokensOfTheAnswer(answer);
    assertThat(answer.at("/topdraw/warnings/0").asString()).startsWith("top_logprobs is answered");
    assertThat(chat("\"logprobs\":true,\"topdraw\":{\"n\":2}").at("/topdraw/warnings")).isEmpty();
  }

  @Test
  void aTextThatGoesOnHasThemInTheOldShape() {
    String body =
        """
        {"model": "topdraw", "prompt": "The capital of France is", "max_tokens": 12, "seed": 7,
         "logprobs": 1, "topdraw": {"n": 3}}
        """;
    JsonNode answer = answer(READER.text(body.getBytes(StandardCharsets.UTF_8), Options.NONE));
    String text = answer.at("/choices/0/text").asString();
    JsonNode likely = answer.at("/choices/0/logprobs");
    assertThat(text).isNotEmpty();
    assertThat(likely.path("tokens")).hasSameSizeAs(likely.path("token_logprobs"));
    double sum = 0;
    for (int i = 0; i < likely.path("tokens").size(); i++) {
      int at = text.offsetByCodePoints(0, likely.path("text_offset").get(i).asInt());
      assertThat(text.substring(at)).startsWith(likely.path("tokens").get(i).asString());
      sum += likely.path("token_logprobs").get(i).asDouble();
    }
    assertThat(sum).isCloseTo(answer.at("/topdraw/logprob").asDouble(), within(1e-9));
    assertThat(answer.at("/topdraw/warnings/0").asString()).startsWith("logprobs is answered");
  }
}
