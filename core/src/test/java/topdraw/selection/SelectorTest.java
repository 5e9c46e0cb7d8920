package topdraw.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.estimate.RoundFindings;
import topdraw.input.InputException;
import topdraw.reference.TablePolicy;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.law.Law;
import topdraw.theory.law.MajorityLaw;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.BestOfPoisson;
import topdraw.theory.law.Selection.EarlyStop;
import topdraw.theory.law.Selection.RewindAndRepeat;
import topdraw.theory.law.Selection.SoftBestOfN;

/// The procedure, run on an outcome table, follows the law.
class SelectorTest {
  private static final int ROUNDS = 20_000;

  /// Outcomes 1 and 2 have equal rewards, and the order of the table is not that of the rewards.
  private static final double[] REWARDS = {1, 0, 0, 3, 2};

  private static final OutcomeTable TABLE =
      OutcomeTable.of(
          new double[] {Math.log(.25), Math.log(.2), Math.log(.3), Math.log(.05), Math.log(.2)},
          REWARDS);

  private static final Reward TABLE_REWARD = reward(REWARDS);

  private static Reward reward(double... rewards) {
    return new Reward() {
      @Override
      public String name() {
        return "table";
      }

      @Override
      public List<Score> score(PromptDraws prompt) {
        return prompt.draws().stream()
            .map(TablePolicy::outcome)
            .map(
                outcome ->
                    Double.isNaN(rewards[outcome])
                        ? (Score) new Score.Missing("outcome " + outcome + " has none")
                        : new Score.Value(rewards[outcome]))
            .toList();
      }
    };
  }

  static LongStream seeds() {
    return LongStream.range(0, 4);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bestOfNFollowsItsLaw(long seed) {
    for (int n : new int[] {1, 2, 5}) {
      followsItsLaw(new BestOfN(n), seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void earlyStopFollowsItsLaw(long seed) {
    followsItsLaw(new EarlyStop(4, 2), seed);
    followsItsLaw(new EarlyStop(7, 3), seed);
    followsItsLaw(new EarlyStop(3, 99), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rewindAndRepeatFollowsItsLaw(long seed) {
    followsItsLaw(new RewindAndRepeat(1), seed);
    followsItsLaw(new RewindAndRepeat(2), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void softBestOfNFollowsItsLaw(long seed) {
    followsItsLaw(new SoftBestOfN(4, 0.7), seed);
    followsItsLaw(new SoftBestOfN(3, 10), seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bestOfPoissonFollowsItsLaw(long seed) {
    followsItsLaw(new BestOfPoisson(2.5), seed);
  }

  @Test
  void whatASelectionLeavesToChanceIsTheSameAgain() {
    Selector selector = new Selector(new TablePolicy(TABLE, 5, 4), List.of(TABLE_REWARD));
    for (Selection selection : List.of(new SoftBestOfN(9, 2), new BestOfPoisson(6))) {
      Round round = selector.select(selection, Prompt.user("x"));
      assertThat(selector.select(selection, Prompt.user("x"))).isEqualTo(round);
      assertThat(RoundFindings.of(round, Confidence.DEFAULT)).hasSize(2);
    }
  }

  @Test
  void softlyChosenWithoutAnyScoreTheFirstDrawnIsReturned() {
    double none = Double.NaN;
    Selector selector =
        new Selector(new TablePolicy(TABLE, 1, 4), List.of(reward(none, none, none, none, none)));
    assertThat(selector.select(new SoftBestOfN(8, 1), Prompt.user("x")).chosen()).isZero();
  }

  /// Pearson's chi-square of the chosen outcomes, and the mean number of draws, against the law.
  private static void followsItsLaw(Selection selection, long seed) {
    Law law = Law.of(selection, TABLE);
    Selector selector = new Selector(new TablePolicy(TABLE, seed, 3), List.of(TABLE_REWARD));
    int[] chosen = new int[REWARDS.length];
    double draws = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Round drawn = selector.select(selection, Prompt.user("round " + round));
      chosen[TablePolicy.outcome(drawn.winner())]++;
      draws += drawn.considered();
    }
    double chiSquare = 0;
    double[] expected = law.probabilities();
    for (int i = 0; i < chosen.length; i++) {
      if (expected[i] == 0) {
        assertThat(chosen[i]).as("an outcome of probability 0").isZero();
      } else {
        double mean = ROUNDS * expected[i];
        chiSquare += (chosen[i] - mean) * (chosen[i] - mean) / mean;
      }
    }
    // 4 degrees of freedom: exceeded once in 100,000 tests of a right program.
    assertThat(chiSquare).as("%s", selection).isLessThan(28.5);
    double sd = law.expectedDraws();
    assertThat(draws / ROUNDS)
        .isCloseTo(
            law.expectedDraws(),
            org.assertj.core.data.Offset.offset(4.5 * sd / Math.sqrt(ROUNDS) + 1e-12));
  }

  /// Outcomes 2 and 4 give no answer, so they come out only when nothing else was drawn.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void majorityVotingFollowsItsLaw(long seed) {
    double[] answers = {.25, .2, .05};
    for (int n : new int[] {1, 2, 3, 8}) {
      double[] law = new MajorityLaw(n, answers, .5).probabilities();
      double[] expected = {law[0], law[1], law[3] * .3 / .5, law[2], law[3] * .2 / .5};
      var selector =
          new Selector(
              new TablePolicy(TABLE, seed, 4),
              List.of(Rewards.named("majority:regex:outcome ([013])")));
      var counts = new int[expected.length];
      for (int round = 0; round < ROUNDS; round++) {
        counts[
            TablePolicy.outcome(
                selector
                    .select(new BestOfN(n), Prompt.user("x"), round * n, (c, t) -> {})
                    .winner())]++;
      }
      double chiSquare = 0;
      for (int k = 0; k < counts.length; k++) {
        double mean = ROUNDS * expected[k];
        chiSquare += (counts[k] - mean) * (counts[k] - mean) / mean;
      }
      // Four degrees of freedom: 1 in 100,000 exceeds it.
      assertThat(chiSquare).isLessThan(28.5);
    }
  }

  @Test
  void whatComparesDrawsSeesAllOfARound() {
    var selector =
        new Selector(
            new TablePolicy(TABLE, 1, 4), List.of(TABLE_REWARD, Rewards.named("majority:numeric")));
    for (Selection selection :
        List.of(
            new EarlyStop(4, 2),
            new RewindAndRepeat(1),
            new SoftBestOfN(4, 1),
            new BestOfPoisson(2))) {
      assertThatThrownBy(() -> selector.select(selection, Prompt.user("x")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("majority:numeric compares all draws");
    }
    Round round =
        new Selector(new TablePolicy(TABLE, 1, 4), List.of(Rewards.named("majority:numeric")))
            .select(new BestOfN(4), Prompt.user("x"));
    // Only what holds for every choice among four draws.
    assertThat(RoundFindings.of(round, new Confidence(.95)))
        .extracting(finding -> finding.source().id(), Finding::value)
        .containsExactly(
            Tuple.tuple(KlBounds.TEXTBOOK.id(), KlBounds.analytical(4)),
            Tuple.tuple(WinRateBounds.TEXTBOOK.id(), .8));
  }

  @Test
  void ofEqualScoresTheFirstDrawnWins() {
    Selector selector = new Selector(new TablePolicy(TABLE, 1, 4), List.of(reward(0, 0, 0, 0, 0)));
    assertThat(selector.select(new BestOfN(9), Prompt.user("x")).chosen()).isZero();
  }

  @Test
  void aMissingScoreRanksBelowEveryScore() {
    double worst = -1e150;
    Selector selector =
        new Selector(
            new TablePolicy(TABLE, 1, 4),
            List.of(reward(Double.NaN, worst, worst, Double.NaN, Double.NaN)));
    Round round = selector.select(new BestOfN(40), Prompt.user("x"));
    assertThat(round.winner().score()).isEqualTo(new Score.Value(worst));
    assertThat(round.unscored()).isBetween(1L, 39L);
    assertThat(round.draws()).hasSize(40);
  }

  @Test
  void withoutAnyScoreTheFirstDrawnIsReturned() {
    double none = Double.NaN;
    Selector selector =
        new Selector(new TablePolicy(TABLE, 1, 4), List.of(reward(none, none, none, none, none)));
    Round round = selector.select(new EarlyStop(8, 0), Prompt.user("x"));
    assertThat(round.chosen()).isZero();
    assertThat(round.winner().score()).isInstanceOf(Score.Missing.class);
    assertThat(round.stopped()).isFalse();
  }

  @Test
  void drawsAfterTheOneThatPassedHaveNoSay() {
    Selector selector = new Selector(new TablePolicy(TABLE, 5, 16), List.of(TABLE_REWARD));
    Round round = selector.select(new EarlyStop(16, 0), Prompt.user("x"));
    assertThat(round.considered()).isEqualTo(1);
    assertThat(round.chosen()).isZero();
    assertThat(round.draws()).hasSize(16);
  }

  @Test
  void aRoundDoesNotDependOnHowManyAreDrawnAtOnce() {
    for (int width : new int[] {1, 2, 7, 64}) {
      Round round =
          new Selector(new TablePolicy(TABLE, 5, width), List.of(TABLE_REWARD))
              .select(new RewindAndRepeat(3), Prompt.user("x"));
      Round oneByOne =
          new Selector(new TablePolicy(TABLE, 5, 1), List.of(TABLE_REWARD))
              .select(new RewindAndRepeat(3), Prompt.user("x"));
      assertThat(round.considered()).isEqualTo(oneByOne.considered());
      assertThat(round.winner()).isEqualTo(oneByOne.winner());
    }
  }

  @Test
  void completionsOfABatchBeginWhereTheLastBatchEnded() {
    Selector selector = new Selector(new TablePolicy(TABLE, 5, 4), List.of(TABLE_REWARD));
    Round all = selector.select(new BestOfN(8), Prompt.user("x"));
    Round second = selector.select(new BestOfN(4), Prompt.user("x"), 4, (c, t) -> {});
    assertThat(second.draws()).isEqualTo(all.draws().subList(4, 8));
  }

  @Test
  void onlyAWholeNumberOfCompletionsCanBeDrawn() {
    Selector selector = new Selector(new TablePolicy(TABLE, 1, 4), List.of(TABLE_REWARD));
    assertThatThrownBy(() -> selector.select(new BestOfN(2.5), Prompt.user("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whole number");
  }

  @Test
  void theFirstOfSeveralRewardsSelectsAndTheOthersAreRecorded() {
    Selector selector =
        new Selector(
            new TablePolicy(TABLE, 3, 4), List.of(TABLE_REWARD, reward(-1, -2, -3, -4, -5)));
    Round round = selector.select(new BestOfN(30), Prompt.user("x"));
    double best =
        IntStream.range(0, 30)
            .mapToDouble(i -> round.draws().get(i).score().rank())
            .max()
            .orElseThrow();
    assertThat(round.winner().score().rank()).isEqualTo(best);
    assertThat(round.winner().scores().scores()).hasSize(2);
    assertThat(round.rewards()).containsExactly("table", "table");
  }
}
