package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.Score;
import topdraw.input.InputException;

class MajorityTest {
  @Test
  void votesAreCountedByWhatIsAnswered() {
    try (Reward reward = Rewards.named("majority:numeric")) {
      assertThat(
              Completions.score(
                  reward, "It is 42.", "so 4.2e1", "7", "nobody knows", "the answer: 42.0", "-7"))
          .isEqualTo(Completions.values(3, 3, 1, 0, 3, 1));
    }
  }

  @Test
  void withoutAnArgumentTheWholeTextIsTheAnswer() {
    try (Reward reward = Rewards.named("majority")) {
      assertThat(Completions.score(reward, "Paris", " Paris\n", "paris", " "))
          .isEqualTo(Completions.values(2, 2, 1, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "text | ' a b ' | a b",
        "numeric | -0.0 | 0",
        "numeric | 1,200 or 1200.50 | 1200.5",
        "numeric | none | -",
        "regex:answer is (\\w+) | the answer is A, no, the answer is B. | B",
        "regex:[A-D] | A or C | C",
        "regex:x(y)? | x | -",
        "json:a.b | '{\"a\": {\"b\": 1.50}}' | 1.5",
        "json:/a/1 | '{\"a\": [1, \" two \"]}' | two",
        "json:a | '{\"a\": {\"c\": 1, \"b\": 2}}' | '{\"b\":2,\"c\":1}'",
        "json:a | '{\"a\": null}' | -",
        "json:a | 'a: 1' | -",
      })
  void answersAreTakenOut(String spec, String text, String answer) {
    AnswerExtraction extraction = AnswerExtraction.of(spec);
    assertThat(extraction.answer(text).orElse(null)).isEqualTo(answer);
    assertThat(extraction.spec()).isEqualTo(spec);
  }

  @Test
  void aFenceAroundTheJsonIsAllowed() {
    assertThat(AnswerExtraction.of("json:a").answer("```json\n{\"a\": true}\n```"))
        .contains("true");
  }

  @Test
  void votesMayWeighByAnotherReward() {
    // One word a token of its own, later ones less likely: exp(-1), exp(-2), exp(-3).
    try (Reward reward = Rewards.named("majority(numeric, exp(log-likelihood))")) {
      assertThat(Completions.score(reward, "1", "2", "2"))
          .isEqualTo(
              Completions.values(
                  Math.exp(-1), Math.exp(-2) + Math.exp(-3), Math.exp(-2) + Math.exp(-3)));
    }
    try (Reward reward = Rewards.named("majority(\"regex:[12]\", numeric:2)")) {
      assertThat(Completions.score(reward, "1", "1", "2")).isEqualTo(Completions.values(0, 0, 1));
    }
  }

  @Test
  void aVoteOfNegativeOrUnknownWeightIsMissingAndCountsForNobody() {
    try (Reward reward = Rewards.named("majority(numeric, negative-length)")) {
      List<Score> scores = Completions.score(reward, "1", "1");
      assertThat(scores.getFirst().toString()).contains("at least 0", "exp(negative-length)");
    }
  }

  @Test
  void theIdentityHoldsExtractionAndWeight() {
    assertThat(
            List.of("majority", "majority:numeric", "majority(numeric, numeric:1)").stream()
                .map(name -> Rewards.named(name).identity().settingsSha256())
                .distinct())
        .hasSize(3);
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    refused("majority:words", "text, numeric, regex:PATTERN or json:PATH");
    refused("majority:regex:(", "regex");
    refused("majority(numeric)", "what an answer is and a reward");
    refused("majority(numeric, majority)", "compares the draws");
    refused("sum(majority, numeric:1)", "can be no part");
    refused("exp(numeric:1, numeric:2)", "exp takes one reward");
    refused("majority(numeric, 2*numeric:2)", "takes no weights");
  }

  private static void refused(String spec, String words) {
    assertThatThrownBy(() -> Rewards.named(spec).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }
}
