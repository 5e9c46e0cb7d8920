package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.reference.Answer;
import topdraw.reference.Judge;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.reference.Verdict;

/// The real model as a judge, against the road by which a completion's tokens are scored.
class LogOddsTest {
  /// More than there are slots: with a shared head and without, one longer than a batch, one that
  /// is the beginning of another.
  private static final List<Prompt> QUESTIONS =
      List.of(
          Prompt.user("Is blue a colour? Answer Yes or No."),
          Prompt.user("Is a dog a colour? Answer Yes or No."),
          new Prompt.Text("Is water wet?"),
          new Prompt.Text("Is water wet? Answer:"),
          new Prompt.Text("One two three four. ".repeat(60) + "Is that right?"),
          Prompt.user("Is the sun hot? Answer Yes or No."));

  private static LlamaPolicy policy;
  private static double[] odds;

  @BeforeAll
  static void ask() {
    policy = TestModel.open(Sampling.plain(8), 7, 4);
    odds = odds(policy, QUESTIONS, "Yes", "No");
  }

  @AfterAll
  static void close() {
    policy.close();
  }

  private static double[] odds(Judge judge, List<Prompt> questions, String yes, String no) {
    return judge.logOdds(questions, yes, no).stream().mapToDouble(Score::rank).toArray();
  }

  /// Each token alone, the question decoded as a whole. Only the weights of the sampler, floats,
  /// differ: by at most about 1e-6 of a nat for each of the two tokens.
  @Test
  void theOddsAreTheDifferenceOfTwoTeacherForcedLogProbabilities() {
    int yes = policy.firstToken("Yes");
    int no = policy.firstToken("No");
    for (int i = 0; i < odds.length; i++) {
      Prompt question = QUESTIONS.get(i);
      double expected =
          policy.score(question, new int[] {yes})[0] - policy.score(question, new int[] {no})[0];
      assertThat(odds[i]).isCloseTo(expected, within(1e-5));
    }
    assertThat(odds).doesNotHaveDuplicates();
  }

  @Test
  void aQuestionAskedAloneHasTheSameBits() {
    for (int i = odds.length - 1; i >= 0; i--) {
      assertThat(odds(policy, List.of(QUESTIONS.get(i)), "Yes", "No")).containsExactly(odds[i]);
    }
  }

  @Test
  void exchangedAnswersExchangeTheSign() {
    assertThat(odds(policy, QUESTIONS.subList(0, 1), "No", "Yes")).containsExactly(-odds[0]);
  }

  @Test
  void temperatureAndTruncationOfTheDrawsDoNotMatter() {
    var sharp = new Sampling(0.5, 5, 0.9, 0, 8);
    try (LlamaPolicy other = TestModel.open(sharp, 7, 4)) {
      assertThat(odds(other, QUESTIONS.subList(0, 2), "Yes", "No"))
          .containsExactly(odds[0], odds[1]);
    }
  }

  @Test
  void whoeverIsHandedACompletionMayAsk() {
    List<Request> requests =
        List.of(new Request(QUESTIONS.get(0), 0), new Request(QUESTIONS.get(1), 0));
    var asked = new ArrayList<Double>();
    var drawn = new ArrayList<Draw>();
    policy.drawAll(
        requests.iterator(),
        (request, answer) -> {
          drawn.add(((Answer.Drawn) answer).draw());
          asked.add(odds(policy, List.of(request.prompt()), "Yes", "No")[0]);
        });
    assertThat(asked).containsExactlyInAnyOrder(odds[0], odds[1]);
    assertThat(drawn)
        .containsExactlyInAnyOrder(
            policy.draw(QUESTIONS.get(0), 0, 1).getFirst(),
            policy.draw(QUESTIONS.get(1), 0, 1).getFirst());
  }

  @Test
  void severalAnswersAreWeighedByTheSameNumbers() {
    List<Verdict> verdicts = policy.verdicts(QUESTIONS, List.of("Yes", "1", "No"));
    for (int i = 0; i < odds.length; i++) {
      List<Double> weights = ((Verdict.Weighed) verdicts.get(i)).logWeights();
      assertThat(weights.get(0) - weights.get(2)).isEqualTo(odds[i]);
      assertThat(weights).hasSize(3).doesNotHaveDuplicates();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.verdicts(QUESTIONS, List.of("1", "12")))
        .withMessageContaining("same token");
  }

  @Test
  void noQuestionsHaveNoAnswers() {
    assertThat(policy.logOdds(List.of(), "Yes", "No")).isEmpty();
  }

  @Test
  void answersThatBeginAlikeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.logOdds(QUESTIONS, "Yes", "Yes, of course"))
        .withMessageContaining("begin with the same token");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.logOdds(QUESTIONS, "", "No"))
        .withMessageContaining("an answer is empty");
  }

  @Test
  void aQuestionThatIsTooLongIsMissingAndTheOthersKeepTheirBits() {
    var endless = new Prompt.Text("word ".repeat(9000));
    List<Score> scores =
        policy.logOdds(List.of(QUESTIONS.get(0), endless, QUESTIONS.get(1)), "Yes", "No");
    assertThat(scores.get(0)).isEqualTo(new Score.Value(odds[0]));
    assertThat(scores.get(1))
        .isInstanceOfSatisfying(
            Score.Missing.class,
            missing ->
                assertThat(missing.reason())
                    .matches(
                        "the prompt has \\d+ tokens, but the context holds 8192; shorten the prompt"));
    assertThat(scores.get(2)).isEqualTo(new Score.Value(odds[1]));
  }
}
