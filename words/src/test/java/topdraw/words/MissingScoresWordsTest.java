package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import topdraw.draw.MissingScores;
import topdraw.draw.Score;

/// Why scores are missing, in a sentence a reward.
class MissingScoresWordsTest {
  @Test
  void reasonsAreCountedAndTheRarestLeftOut() {
    MissingScores scores = new MissingScores();
    assertThat(scores.any()).isFalse();
    for (int i = 0; i < 10; i++) {
      scores.add("r", new Score.Missing(i < 4 ? "often" : i < 7 ? "sometimes" : "once " + i));
    }
    assertThat(scores.all()).isTrue();
    scores.add("r", new Score.Value(1));
    scores.add("whole", new Score.Value(1));
    assertThat(MissingScoresWords.sentences(scores))
        .containsExactly(
            "r: 10 of 11 scores are missing: often (4); sometimes (3); once 7 (1); and others");
    assertThat(scores.any()).isTrue();
    assertThat(scores.all()).isFalse();
  }
}
