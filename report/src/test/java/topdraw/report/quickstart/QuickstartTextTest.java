package topdraw.report.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.input.InputException;
import topdraw.report.page.Opening;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

class QuickstartTextTest {
  private static final int DRAWS = 64;
  private static final List<String> REWARDS =
      List.of("correct", "grade", "log-likelihood", "negative-length");

  private static final List<PromptDraws> RECORDED =
      List.of(prompt("What is the capital of France?", 31), prompt("What is 9 times 8?", 5));

  private static final QuickstartFindings FOUND =
      QuickstartFindings.of(
          RECORDED,
          new QuickstartFindings.Setting(
              "correct", "grade", REWARDS.subList(2, 4), RECORDED.getFirst().key()::equals),
          16,
          Confidence.DEFAULT);

  /// Passes are spread over the draws; every fourth draw is cut.
  private static PromptDraws prompt(String words, int passing) {
    return PromptDraws.of(
        Prompt.user(words),
        IntStream.range(0, DRAWS).mapToObj(i -> draw(i, i * 37 % DRAWS < passing)).toList());
  }

  private static Draw draw(int i, boolean right) {
    double logP = -5 - 0.01 * i;
    Draw drawn = Draft.drawn(i, "answer " + i, new int[] {i, 2}, logP, -1);
    List<Score> scores =
        List.of(
            new Score.Value(right ? 1 : 0),
            new Score.Value(right ? i % 4 == 0 ? 1 : 2 : 0),
            new Score.Value(logP - 1),
            new Score.Value(-(i % 5)));
    return new Draw(
        i,
        drawn.outcome(),
        drawn.text(),
        drawn.tokens(),
        drawn.logProbability(),
        i % 4 == 0 ? FinishReason.LENGTH : FinishReason.STOP,
        new Scores(REWARDS, scores),
        drawn.seconds(),
        drawn.origin());
  }

  /// The chance that one of 16 draws without return passes.
  private static double passes(int passing) {
    double none = 1;
    for (int i = 0; i < 16; i++) {
      none *= (double) (DRAWS - passing - i) / (DRAWS - i);
    }
    return 1 - none;
  }

  /// The mean number of draws until one passes, at most 16.
  private static double draws(int passing) {
    double none = 1;
    double sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += none;
      none *= (double) (DRAWS - passing - i) / (DRAWS - i);
    }
    return sum;
  }

  @Test
  void theNumbersAreThoseOfEveryChoiceOfSixteen() {
    for (int p = 0; p < 2; p++) {
      int passing = p == 0 ? 31 : 5;
      Gain gain = Gain.of(FOUND.passed().each().get(p).analysis(), 16);
      assertThat(gain.one().value()).isCloseTo(passing / 64.0, within(1e-12));
      assertThat(gain.best().value()).isCloseTo(passes(passing), within(1e-12));
      assertThat(gain.draws().orElseThrow().value()).isCloseTo(draws(passing), within(1e-9));
    }
    Gain all = Gain.of(FOUND.passed().all(), 16);
    assertThat(all.best().value()).isCloseTo((passes(31) + passes(5)) / 2, within(1e-12));
    assertThat(all.draws().orElseThrow().value())
        .isCloseTo((draws(31) + draws(5)) / 2, within(1e-9));
    assertThat(FOUND.cut()).isEqualTo(32);
    assertThat(FOUND.completions()).isEqualTo(128);
  }

  /// The law of two levels at a rate of 31/64 says 0.7246 nats.
  @Test
  void theDriftIsThatOfTwoLevels() {
    Finding drift = Gain.of(FOUND.passed().each().getFirst().analysis(), 16).drift().orElseThrow();
    assertThat(drift.value()).isBetween(0.69, 0.76);
    assertThat(drift.interval().orElseThrow().lower()).isLessThan(0.7246);
    assertThat(drift.interval().orElseThrow().upper()).isGreaterThan(0.7246);
  }

  @Test
  void itEndsInFiveLinesWithoutJargon() {
    List<String> lines = QuickstartText.lines(FOUND, "run/report/index.html", false);
    assertThat(lines.getFirst())
        .isEqualTo(
            "2 questions, 64 answers to each; 25 % of the answers were cut by the limit on tokens");
    List<String> last = lines.subList(lines.size() - 5, lines.size());
    assertThat(last.get(0))
        .startsWith("Gained   28 % [")
        .contains("right, 89 % [", "with the best of 16", "estimates", "95 %");
    assertThat(last.get(1)).startsWith("Cost     ").endsWith("the textbook's number is 1.836");
    assertThat(last.get(2)).startsWith("Cheaper  ").contains("draws in place of 16 (estimate)");
    assertThat(last.get(3)).startsWith("Trust    64 answers").contains("up to 16;");
    assertThat(last.get(4)).startsWith("Page     open run/report/index.html");
    assertThat(String.join("\n", lines))
        .doesNotContain("d*", "T1", "seen-mass", "eq. (25)", "NaN", "unknown");
  }

  @Test
  void tooFewDrawsAreNamed() {
    PromptDraws few = RECORDED.getLast().without(16, DRAWS);
    var setting =
        new QuickstartFindings.Setting("correct", "grade", REWARDS.subList(2, 4), key -> false);
    assertThatThrownBy(
            () ->
                QuickstartFindings.of(
                    List.of(RECORDED.getFirst(), few), setting, 16, Confidence.DEFAULT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 16 completions of every question")
        .hasMessageContaining("one has 16");
    assertThatThrownBy(() -> QuickstartFindings.of(List.of(), setting, 16, Confidence.DEFAULT))
        .isInstanceOf(InputException.class);
  }

  @Test
  void everyFindingIsToldWhenAskedFor() {
    assertThat(String.join("\n", QuickstartText.lines(FOUND, "page", true)))
        .contains("eq. (25)", "seen-mass bound", "== reward: negative-length, best of 16 ==");
  }

  @Test
  void thePageBeginsWithThePictureAndTheTableOfTheSameNumbers() {
    Opening opening = QuickstartOpening.of(FOUND);
    assertThat(opening.sentences())
        .hasSize(5)
        .last()
        .asString()
        .startsWith("By grades: graded 0 wrong, 1 right but cut,");
    assertThat(opening.table().rows()).hasSize(3);
    List<Optional<Finding>> all = opening.table().rows().getFirst().numbers();
    assertThat(all).hasSameSizeAs(opening.table().columns());
    assertThat(all.get(1).orElseThrow().value())
        .isCloseTo((passes(31) + passes(5)) / 2, within(1e-12));
    assertThat(all.get(3).orElseThrow().value()).isCloseTo(Math.log(16) - 15 / 16.0, within(1e-12));
  }
}
