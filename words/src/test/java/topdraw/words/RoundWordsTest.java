package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.selection.Round;
import topdraw.theory.law.Selection;

class RoundWordsTest {
  private static final Score NONE = new Score.Missing("why");

  private static Round round(int chosen, Score... scores) {
    List<Draw> draws =
        IntStream.range(0, scores.length)
            .mapToObj(
                i ->
                    Draft.drawn(i, "y" + i, new int[] {i}, -1)
                        .withScores(new Scores(List.of("regex:x"), List.of(scores[i]))))
            .toList();
    return new Round(
        Prompt.user("x"),
        new Selection.BestOfN(scores.length),
        List.of("regex:x"),
        draws,
        draws.size(),
        chosen,
        false);
  }

  private static Score[] scores(double... values) {
    return Arrays.stream(values).mapToObj(Score.Value::new).toArray(Score[]::new);
  }

  @Test
  void passesAreCountedAndTheAnswerIsPlacedAmongThem() {
    assertThat(RoundWords.of(round(1, scores(0, 1, 1, 0))))
        .isEqualTo(
            "best of 4: 2 of 4 passed regex:x; the answer is completion 2, the first that did");
    assertThat(RoundWords.of(round(2, scores(0, 1, 1, 0)))).endsWith("completion 3, one of them");
    assertThat(RoundWords.of(round(3, scores(0, 0, 0, 1))))
        .isEqualTo(
            "best of 4: 1 of 4 passed regex:x; the answer is completion 4, the one that did");
    assertThat(RoundWords.warning(round(1, scores(0, 1, 1, 0)))).isEmpty();
  }

  @Test
  void aBestThatFailsIsWarnedOf() {
    Round failed = round(0, scores(0, 0, 0));
    assertThat(RoundWords.of(failed))
        .isEqualTo("best of 3: none of 3 passed regex:x; the answer is completion 1, which fails");
    assertThat(RoundWords.warning(failed).orElseThrow())
        .isEqualTo(
            "WARNING: the answer fails. Not one of 3 completions passed, and the first drawn was"
                + " returned");
  }

  @Test
  void otherScoresHaveAPlace() {
    assertThat(RoundWords.of(round(2, scores(-3, -7.25, -2.5, -4))))
        .isEqualTo(
            "best of 4: the answer is completion 3, regex:x -2.5, the highest of 4 scores; the next"
                + " is -3");
    assertThat(RoundWords.of(round(0, scores(5, 5, 5))))
        .isEqualTo(
            "best of 3: the answer is completion 1, regex:x 5, the highest of 3 scores, shared by"
                + " 3");
    assertThat(RoundWords.of(round(1, scores(9, 5, 7, 2))))
        .endsWith("completion 2, regex:x 5, place 3 of 4 scores; the next is 2");
    assertThat(RoundWords.of(round(0, new Score.Value(0), NONE)))
        .endsWith("completion 1, regex:x 0, the highest of 1 score");
    assertThat(RoundWords.warning(round(0, scores(5, 5, 5)))).isEmpty();
  }

  @Test
  void whatNobodyScoredIsNotTheBest() {
    Round unscored = round(0, NONE, NONE);
    assertThat(unscored.nothingScored()).isTrue();
    assertThat(RoundWords.of(unscored))
        .isEqualTo(
            "best of 2: no completion has a score by regex:x, so none can be called the best");
    assertThat(round(1, NONE, new Score.Value(0)).nothingScored()).isFalse();
  }
}
