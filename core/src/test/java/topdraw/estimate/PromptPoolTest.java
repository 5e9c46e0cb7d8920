package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.reference.TablePolicy;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection.BestOfN;

class PromptPoolTest {
  private static final OutcomeTable TABLE =
      OutcomeTable.ofProbabilities(.05, .1, .15, .2, .1, .1, .1, .2);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  /// The outcome's place in the table is its reward.
  private static PromptPool draw(long seed, int completions) {
    return PromptPool.of(
        "table", scored(seed, completions, "table", d -> new Score.Value(TablePolicy.outcome(d))));
  }

  private static PromptDraws scored(
      long seed, int draws, String reward, Function<Draw, Score> score) {
    return PromptDraws.of(
        Prompt.user("x"),
        new TablePolicy(TABLE, seed, 8)
            .draw(Prompt.user("x"), 0, draws).stream()
                .map(d -> d.withScores(new Scores(List.of(reward), List.of(score.apply(d)))))
                .toList());
  }

  private static Finding finding(List<Finding> findings, Quantity quantity, String source) {
    return findings.stream()
        .filter(f -> f.quantity() == quantity && f.source().title().contains(source))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTheoremHoldsForThePoolInHand(long seed) {
    for (int n : new int[] {1, 2, 4, 16}) {
      Law law = Law.of(new BestOfN(n), TABLE);
      for (Finding finding : draw(seed, 24).findings(n, Confidence.DEFAULT)) {
        if (finding.evidence() == Evidence.THEOREM) {
          assertThat(finding.role()).isEqualTo(Role.UPPER_BOUND);
          double truth = finding.quantity() == Quantity.KL ? law.kl() : law.winRate();
          assertThat(finding.value()).as("%s", finding).isGreaterThanOrEqualTo(truth - 1e-12);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whenLikelihoodSelectsTheLikeliestCompletionSeenBoundsTheDrift(long seed) {
    PromptPool pool =
        PromptPool.of(
            "log-likelihood",
            scored(seed, 6, "log-likelihood", d -> Score.of(d.logProbability().floor())));
    OutcomeTable byLikelihood = OutcomeTable.of(TABLE.logProbabilities(), TABLE.logProbabilities());
    for (int n : new int[] {1, 2, 5}) {
      double truth = Law.of(new BestOfN(n), byLikelihood).kl();
      assertThat(pool.likeliestKlBound(n)).isGreaterThanOrEqualTo(truth - 1e-12);
      assertThat(pool.findings(n, Confidence.DEFAULT))
          .anyMatch(f -> f.source().title().contains("likeliest"));
    }
    assertThatThrownBy(() -> draw(seed, 6).likeliestKlBound(2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void drawsOfEqualTokensAreOneOutcomeAndTheEndTokenCounts() {
    Draw whole = Draft.drawn(0, "a", new int[] {1, 0}, -1, -1);
    Draw again = Draft.drawn(1, "a", new int[] {1, 0}, -1, -1);
    Draw cut = Draft.drawn(2, "a", new int[] {1}, -1);
    assertThat(PromptDraws.of(Prompt.user("x"), List.of(whole, again, cut)).outcomes())
        .containsExactly(0, 0, 1);
  }

  @Test
  void withoutASpareDrawThereIsNoEstimate() {
    PromptPool pool = draw(1, 8);
    assertThat(pool.findings(7, Confidence.DEFAULT)).isNotEmpty();
    assertThatThrownBy(() -> pool.findings(8, Confidence.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below the 8 completions drawn");
    assertThatThrownBy(() -> pool.findings(0, Confidence.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPoolOfMissingScoresIsOneLevel() {
    PromptPool pool =
        PromptPool.of("table", scored(3, 12, "table", _ -> new Score.Missing("none")));
    assertThat(finding(pool.findings(4, Confidence.DEFAULT), Quantity.WIN_RATE, "pooled").value())
        .isCloseTo(0.5, within(1e-12));
  }

  /// The win rate needs a draw more than n, so of 130 draws one at most is left out at n = 128,
  /// where groups of two are left out elsewhere.
  @Test
  void theWinRateOfAlmostAllDrawsHasAnInterval() {
    Finding found =
        finding(draw(3, 130).findings(128, Confidence.DEFAULT), Quantity.WIN_RATE, "pool");
    assertThat(found.interval().orElseThrow().lower()).isLessThan(found.value());
  }
}
