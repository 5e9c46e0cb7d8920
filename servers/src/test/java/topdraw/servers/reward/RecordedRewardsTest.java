package topdraw.servers.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.json.Json;
import topdraw.reward.Reward;
import topdraw.servers.Replay;
import topdraw.servers.http.TestServer;

/// What vLLM 0.32.0 answered with a reward model, over a real socket; and what it was asked is what
/// it is asked here.
class RecordedRewardsTest {
  private static final String POOLING = "vllm-0.32.0-pooling/";

  private static TestServer answering(String name) {
    return Replay.server((asked, body) -> POOLING + name);
  }

  private static void isAskedAs(String name, TestServer server, String route) {
    TestServer.Asked asked = server.asked().getLast();
    assertThat(asked.path()).isEqualTo(route);
    assertThat(Json.read(asked.body())).isEqualTo(Replay.question(POOLING + name));
  }

  @Test
  void scoresAreRawAndInOrder() {
    try (TestServer server = answering("05-score-raw");
        Reward reward = Texts.open("vllm-score:" + server.url() + " model=rm")) {
      assertThat(Texts.score(reward, "Red.", "Paris"))
          .isEqualTo(
              List.of(new Score.Value(0.9220097064971924), new Score.Value(3.281370162963867)));
      isAskedAs("05-score-raw", server, "/score");
    }
  }

  @Test
  void aConversationIsClassifiedRaw() {
    try (TestServer server = answering("03-classify-messages");
        Reward reward = Texts.open("vllm-classify:" + server.url() + "/v1 model=rm")) {
      assertThat(Texts.score(reward, "Red."))
          .isEqualTo(List.of(new Score.Value(1.4253770112991333)));
      isAskedAs("03-classify-messages", server, "/classify");
    }
  }

  @Test
  void aConversationIsPooledRaw() {
    try (TestServer server = answering("10-pooling-messages");
        Reward reward = Texts.open("vllm-pooling:" + server.url() + " model=rm")) {
      assertThat(Texts.score(reward, "Red."))
          .isEqualTo(List.of(new Score.Value(1.4253770112991333)));
      isAskedAs("10-pooling-messages", server, "/pooling");
    }
  }

  @Test
  void aTextWithoutTurnsIsSentAsItIs() {
    try (TestServer server = answering("03-classify-messages");
        Reward reward = Texts.open("vllm-classify:" + server.url() + " model=rm")) {
      Texts.score(reward, new Prompt.Text("good "), "answer");
      assertThat(Json.read(server.asked().getLast().body()))
          .isEqualTo(
              Json.read("{\"model\":\"rm\",\"input\":[\"good answer\"],\"use_activation\":false}"));
    }
  }

  @Test
  void whatIsTooLongOrEmptyIsMissingInTheServersWords() {
    for (String[] answer :
        new String[][] {
          {"11-classify-too-long", "maximum context length"},
          {"14-classify-emptystr", "prompt cannot be empty"},
          {"10b-pooling-token-classify", "token_classify"},
        }) {
      try (TestServer server = answering(answer[0]);
          Reward reward = Texts.open("vllm-classify:" + server.url() + " model=rm")) {
        List<Score> scores = Texts.score(reward, "Red.", "Blue.");
        assertThat(scores).allMatch(score -> Texts.why(score).contains(answer[1]));
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked()).noneMatch(asked -> asked.body().contains("truncate"));
      }
    }
  }

  /// Two answers for one question are none.
  @Test
  void aListOfAnotherLengthIsNoList() {
    try (TestServer server = answering("02-classify-raw");
        Reward reward = Texts.open("vllm-classify:" + server.url() + " model=rm")) {
      assertThat(Texts.why(Texts.score(reward, "Red.").getFirst()))
          .contains("2 scores for 1 completions");
    }
    try (TestServer server = answering("07-rerank");
        Reward reward = Texts.open("vllm-score:" + server.url() + " model=rm")) {
      assertThat(Texts.why(Texts.score(reward, "Red.").getFirst())).contains("no list of scores");
    }
  }
}
