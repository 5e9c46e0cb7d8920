package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

class RewardsTest {
  private static Draw completion(String text, double... logProbabilities) {
    return Draft.drawn(0, text, new int[logProbabilities.length], logProbabilities);
  }

  private static Score score(String reward, Draw draw) {
    return Rewards.named(reward).score(PromptDraws.of(Prompt.user("?"), List.of(draw))).getFirst();
  }

  private static String missing(String reward, Draw draw) {
    assertThat(score(reward, draw)).isInstanceOf(Score.Missing.class);
    return ((Score.Missing) score(reward, draw)).reason();
  }

  @Test
  void whatIsNotKnownOfACompletionIsNotScored() {
    Draw bare = Draft.of("Paris").at(0, "file:1");
    assertThat(missing("log-likelihood", bare)).contains("no log-probability");
    assertThat(missing("negative-length", bare)).contains("length");
    Draw silent =
        new Draw(
            0,
            bare.outcome(),
            Optional.empty(),
            bare.tokens(),
            bare.logProbability(),
            bare.finish(),
            bare.scores(),
            bare.seconds(),
            bare.origin());
    assertThat(missing("regex:Paris", silent)).contains("text");
    assertThat(missing("numeric:42", silent)).contains("text");
  }

  @Test
  void aDoubtfulNumberIsNoLikelihoodAndOneThatIsNotTooLargeCounts() {
    Draw doubtful = Draft.of("a").logP(-3, Draft.UNKNOWN).at(0, "file:1");
    assertThat(missing("log-likelihood", doubtful))
        .isEqualTo(LogProbability.Doubt.UNKNOWN_DISTRIBUTION.sentence());
    assertThat(score("log-likelihood", Draft.of("a").logP(-3, Draft.AT_MOST).at(0, "file:1")))
        .isEqualTo(new Score.Value(-3));
    assertThat(score("negative-length", Draft.of("a").tokens(7).at(0, "file:1")))
        .isEqualTo(new Score.Value(-7));
  }

  @Test
  void logLikelihoodIsTheSumOverTheTokens() {
    assertThat(score("log-likelihood", completion("a", -1, -2.5))).isEqualTo(new Score.Value(-3.5));
  }

  @Test
  void negativeLengthCountsEveryTokenTheEndTokenIncluded() {
    assertThat(score("negative-length", completion("a", -1, -2, -3)))
        .isEqualTo(new Score.Value(-3));
  }

  @ParameterizedTest
  @CsvSource({
    "^Paris, Paris., 1",
    "^Paris, It is Paris., 0",
    "(?m)^Paris, 'It is\nParis.', 1",
    "(?i)paris|lyon, LYON, 1",
    "a:b, a:b, 1"
  })
  void aPatternIsSoughtAnywhereInTheText(String pattern, String text, double expected) {
    assertThat(score("regex:" + pattern, completion(text, -1)))
        .isEqualTo(new Score.Value(expected));
  }

  @Test
  void aPatternThatHangsOtherEnginesTakesLinearTime() {
    Draw longText = completion("a".repeat(100_000) + "!", -1);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(score("regex:^(a+)+$", longText)).isEqualTo(new Score.Value(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "42, The answer is 42., 1",
    "42, 'First 42, then 43', 0",
    "42, The answer is 42.0, 1",
    "42, 4.2e1, 1",
    "1234567, '1,234,567 people', 1",
    "-3, it is -3, 1",
    "3, it is -3, 0",
    "0.5, .5, 1",
    "42, no number at all, 0"
  })
  void theLastNumberIsTheAnswer(String answer, String text, double expected) {
    assertThat(score("numeric:" + answer, completion(text, -1)))
        .isEqualTo(new Score.Value(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "best",
        "",
        "regex",
        "regex:",
        "regex:(",
        "regex:(?=look)",
        "numeric",
        "numeric:forty",
        "numeric:42 apples",
        "log-likelihood:x",
        "negative-length:"
      })
  void aRewardThatCannotBeMadeIsRefusedInOneLine(String spec) {
    assertThatThrownBy(() -> Rewards.named(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void aRewardKnowsTheNameItIsAskedForBy() {
    for (String spec : List.of("log-likelihood", "negative-length", "regex:a:b", "numeric:42")) {
      assertThat(Rewards.named(spec).name()).isEqualTo(spec);
    }
  }

  @Test
  void whatIsNotANumberIsAMissingScore() {
    assertThat(Score.of(Double.NaN)).isInstanceOf(Score.Missing.class);
    assertThat(Score.of(Double.POSITIVE_INFINITY)).isInstanceOf(Score.Missing.class);
    assertThat(Score.of(1.5)).isEqualTo(new Score.Value(1.5));
    assertThat(new Score.Missing("why").rank()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
