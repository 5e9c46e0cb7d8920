package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// What every reward promises, whoever wrote it: one subclass an implementation.
public abstract class RewardContract {
  private static final Prompt PROMPT = Prompt.user("What is the capital of France?");

  /// Opens the reward under test, the same at each call.
  protected abstract Reward open() throws Exception;

  /// Texts that it has a score for, at least three, of which two have different scores.
  protected List<String> texts() {
    return List.of("Paris", "It may well be Paris, the answer is 42", "{}");
  }

  private static Draw draw(int index, String text) {
    double[] logProbabilities = new double[1 + text.length()];
    Arrays.fill(logProbabilities, -0.5);
    return Draft.drawn(index, text, new int[logProbabilities.length], logProbabilities);
  }

  private static PromptDraws draws(List<String> texts) {
    List<Draw> draws = new ArrayList<>();
    for (String text : texts) draws.add(draw(draws.size(), text));
    return PromptDraws.of(PROMPT, draws);
  }

  /// A draw of which nobody kept anything.
  private static Draw unknown(int index) {
    Draw bare = Draft.of("").at(index, "file:" + (index + 1));
    return new Draw(
        index,
        bare.outcome(),
        Optional.empty(),
        Tokens.unknown(),
        LogProbability.missing(),
        bare.finish(),
        Scores.none(),
        bare.seconds(),
        bare.origin());
  }

  private static List<Score> alone(Reward reward, List<String> texts) {
    return texts.stream().map(text -> reward.score(draws(List.of(text))).getFirst()).toList();
  }

  @Test
  void everyCompletionHasItsOwnScoreInOrderHoweverTheyAreBatched() throws Exception {
    try (Reward reward = open();
        Reward again = open()) {
      List<Score> together = reward.score(draws(texts()));
      assertThat(together).hasSameSizeAs(texts()).allMatch(score -> score instanceof Score.Value);
      assertThat(together.stream().distinct().count()).isGreaterThan(1);
      if (!reward.comparesDraws()) {
        assertThat(alone(again, texts())).isEqualTo(together);
      }
      assertThat(again.score(draws(texts().reversed()))).isEqualTo(together.reversed());
      assertThat(reward.score(draws(texts()))).isEqualTo(together);
    }
  }

  @Test
  void indexAndOtherRewardsScoresChangeNothing() throws Exception {
    try (Reward reward = open()) {
      String text = texts().getFirst();
      Draw scored =
          draw(5, text).withScores(new Scores(List.of("other"), List.of(new Score.Value(9))));
      assertThat(reward.score(PromptDraws.of(PROMPT, List.of(scored))))
          .isEqualTo(reward.score(draws(List.of(text))));
    }
  }

  @Test
  void whatIsNotKnownIsMissingWithAReasonAndTheOthersKeepTheirScores() throws Exception {
    try (Reward reward = open()) {
      String text = texts().getFirst();
      List<Score> scores =
          reward.score(PromptDraws.of(PROMPT, List.of(unknown(0), draw(1, text), unknown(2))));
      assertThat(scores).hasSize(3);
      assertThat(scores.get(1)).isEqualTo(alone(reward, List.of(text)).getFirst());
      for (int i : new int[] {0, 2}) {
        assertThat(scores.get(i))
            .isInstanceOfSatisfying(
                Score.Missing.class,
                missing -> assertThat(missing.reason()).isNotBlank().doesNotContain("\n"));
      }
    }
  }

  @Test
  void aPromptThatIsNotRecordedIsNoError() throws Exception {
    try (Reward reward = open()) {
      PromptDraws nameless = new PromptDraws("p1", Optional.empty(), draws(texts()).draws());
      List<Score> scores = reward.score(nameless);
      List<Score> known = reward.score(draws(texts()));
      assertThat(scores).hasSameSizeAs(texts());
      for (int i = 0; i < scores.size(); i++) {
        if (scores.get(i) instanceof Score.Value) {
          assertThat(scores.get(i)).isEqualTo(known.get(i));
        }
      }
    }
  }

  @Test
  void noTextIsTooOddToAnswer() throws Exception {
    List<String> odd =
        List.of(
            "", " \n\t", "\u0000\u001b[31m", "\ud800 \udc00", "\u2028", "☃ 🙂", "x".repeat(5000));
    try (Reward reward = open()) {
      List<Score> scores = reward.score(draws(odd));
      assertThat(scores).hasSameSizeAs(odd);
      assertThat(scores)
          .allMatch(score -> !(score instanceof Score.Value(double v)) || Double.isFinite(v));
      assertThat(reward.score(draws(texts()))).allMatch(score -> score instanceof Score.Value);
    }
  }

  @Test
  void nameAndIdentityAreTheSameEachTime() throws Exception {
    try (Reward reward = open();
        Reward again = open()) {
      RewardIdentity identity = reward.identity();
      assertThat(identity.name()).isEqualTo(reward.name()).isNotBlank();
      assertThat(identity.version()).isNotBlank();
      assertThat(identity.settingsSha256()).matches("[0-9a-f]{64}");
      reward.score(draws(texts()));
      assertThat(reward.identity()).isEqualTo(identity);
      assertThat(again.identity()).isEqualTo(identity);
      assertThat(again.scoresPrefixes()).isEqualTo(reward.scoresPrefixes());
      // A recording has the name alone to tell by.
      assertThat(Comparing.names(reward.name())).isEqualTo(reward.comparesDraws());
      assertThat(reward.comparesDraws() && reward.scoresPrefixes()).isFalse();
    }
  }

  /// What somebody stopped is not a missing score.
  @Test
  void anInterruptCancelsOrChangesNothing() throws Exception {
    try (Reward reward = open()) {
      List<Score> before = reward.score(draws(texts()));
      Thread.currentThread().interrupt();
      try {
        assertThat(reward.score(draws(texts()))).isEqualTo(before);
      } catch (CancellationException e) {
        assertThat(e).hasMessageContaining("interrupt");
      } finally {
        Thread.interrupted();
      }
      assertThat(reward.score(draws(texts()))).isEqualTo(before);
    }
  }

  @Test
  void closingTwiceIsClosing() throws Exception {
    Reward reward = open();
    reward.score(draws(texts()));
    reward.close();
    reward.close();
    Reward unused = open();
    unused.close();
    unused.close();
  }
}
