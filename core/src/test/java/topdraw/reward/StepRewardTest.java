package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.json.Json;

/// Steps of a completion, scored by a real little program.
class StepRewardTest {
  /// A step a line; the score is in it.
  private static final String PROGRAM =
      """
      import json, sys
      def steps(text):
          return [float(l) if l else None for l in text.split("\\n")] if text else []
      for line in sys.stdin:
          items = json.loads(line)["items"]
          print(json.dumps({"rewards": [{"id": i["id"], "steps": steps(i["completion"])} for i in items]}), flush=True)
      """;

  @TempDir private Path temp;

  private Reward open(String how) throws IOException {
    Path program = Files.writeString(temp.resolve("prm.py"), PROGRAM);
    return Rewards.named(how.replace("PRM", "process:python3 " + program));
  }

  @ParameterizedTest
  @CsvSource({"min, 0.25, 0.5", "mean, 0.5, 0.5", "product, 0.09375, 0.5", "last, 0.5, 0.5"})
  void stepsArePutTogether(String how, double ofThree, double ofOne) throws IOException {
    try (Reward reward = open("steps(" + how + ", PRM)")) {
      assertThat(Completions.score(reward, "0.75\n0.25\n0.5", "0.5"))
          .isEqualTo(Completions.values(ofThree, ofOne));
    }
  }

  @Test
  void stepsThatAreNoNumbersOrNotThereAreMissing() throws IOException {
    try (Reward reward = open("steps(min, PRM)")) {
      List<Score> scores = Completions.score(reward, "0.5\n\n1", "", "2");
      assertThat(scores.get(0).toString()).contains("no number for step 1");
      assertThat(scores.get(1).toString()).contains("no step");
      assertThat(scores.get(2)).isEqualTo(new Score.Value(2));
    }
  }

  @Test
  void stepsAloneAreNoScoreAndAScoreIsNoStep() throws IOException {
    try (Reward reward = open("PRM")) {
      assertThat(Completions.score(reward, "0.5").getFirst().toString())
          .contains("say how they make one score");
    }
    assertThat(AnsweredItem.of(Json.read("{\"value\": 1}"), "the server").steps().toString())
        .contains("the server scored the whole and no steps");
  }

  @Test
  void howIsPartOfTheIdentity() throws IOException {
    assertThat(
            Stream.of("min", "mean", "product", "last")
                .map(how -> Rewards.named("steps(" + how + ", process:x)").identity())
                .map(RewardIdentity::settingsSha256)
                .distinct())
        .hasSize(4);
  }

  @Test
  void whatScoresNoStepsIsRefused() {
    for (String[] wrong :
        new String[][] {
          {"steps(min, negative-length)", "scores no steps"},
          {"steps(max, process:x)", "min, mean, product, last"},
          {"steps(min)", "as in steps(min, process:python3 prm.py)"},
          {"steps(min, 2*process:x)", "takes no weights"},
        }) {
      assertThatThrownBy(() -> Rewards.named(wrong[0]).close())
          .isInstanceOf(InputException.class)
          .hasMessageContaining(wrong[1]);
    }
  }
}
