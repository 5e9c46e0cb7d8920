package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.reference.TablePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.Selection.BestOfN;
import topdraw.theory.law.Selection.BestOfPoisson;
import topdraw.theory.law.Selection.EarlyStop;
import topdraw.theory.law.Selection.RewindAndRepeat;
import topdraw.theory.law.Selection.SoftBestOfN;
import topdraw.theory.pool.Pool;

class RoundFindingsTest {
  private static final double[] REWARDS = {0, 1, 1, 2, 3};
  private static final OutcomeTable TABLE =
      OutcomeTable.of(
          new double[] {Math.log(.3), Math.log(.25), Math.log(.2), Math.log(.15), Math.log(.1)},
          REWARDS);

  private static final Reward REWARD =
      new Reward() {
        @Override
        public String name() {
          return "table";
        }

        @Override
        public List<Score> score(PromptDraws prompt) {
          return prompt.draws().stream()
              .map(d -> (Score) new Score.Value(REWARDS[TablePolicy.outcome(d)]))
              .toList();
        }
      };

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatASingleRoundProvesIsTrue(long seed) {
    for (Selection selection : List.of(new BestOfN(6), new EarlyStop(6, 2), new EarlyStop(9, 3))) {
      Law law = Law.of(selection, TABLE);
      Round round =
          new Selector(new TablePolicy(TABLE, seed, 4), List.of(REWARD))
              .select(selection, Prompt.user("x"));
      List<Finding> findings = RoundFindings.of(round, Confidence.DEFAULT);
      assertThat(findings)
          .extracting(Finding::quantity)
          .containsExactly(Quantity.KL, Quantity.KL, Quantity.WIN_RATE);
      for (Finding finding : findings) {
        assertThat(finding.evidence()).isEqualTo(Evidence.THEOREM);
        double truth = finding.quantity() == Quantity.KL ? law.kl() : law.winRate();
        assertThat(finding.value()).as("%s", finding).isGreaterThanOrEqualTo(truth - 1e-12);
      }
    }
  }

  /// Draws of the rewards 0, 1, 2, …, of probability e^-1 each, or of none that is known.
  private static Round round(
      Selection selection, String reward, int considered, int drawn, boolean known) {
    List<Draw> draws =
        IntStream.range(0, drawn)
            .mapToObj(
                i ->
                    known
                        ? Draft.drawn(i, "y" + i, new int[] {i}, -1)
                        : Draw.of(
                            i,
                            "y" + i,
                            Tokens.unknown(),
                            LogProbability.missing(),
                            FinishReason.STOP))
            .toList();
    List<Draw> scored =
        IntStream.range(0, drawn)
            .mapToObj(
                i ->
                    draws
                        .get(i)
                        .withScores(new Scores(List.of(reward), List.of(new Score.Value(i)))))
            .toList();
    return new Round(Prompt.user("x"), selection, List.of(reward), scored, considered, 0, false);
  }

  private static void assertBounds(Round round, double... bounds) {
    List<Finding> findings = RoundFindings.of(round, Confidence.DEFAULT);
    assertThat(findings).allMatch(f -> f.evidence() == Evidence.THEOREM);
    assertThat(findings).allMatch(f -> f.role() == Role.UPPER_BOUND);
    assertThat(findings.stream().mapToDouble(Finding::value).toArray())
        .containsExactly(bounds, within(1e-12));
    assertThat(findings.getLast().quantity()).isEqualTo(Quantity.WIN_RATE);
  }

  /// `log n - (n-1)/n` and `n/(n+1)`, of as many draws as were looked at or asked for.
  @Test
  void whateverTheRuleOneOfNDrawsGoesNoFurther() {
    double[] ofFour = {Math.log(4) - 0.75, 0.8};
    assertBounds(round(new SoftBestOfN(4, 0.5), "r", 6, 6, true), ofFour);
    assertBounds(round(new BestOfN(6), "majority:text", 4, 6, true), ofFour);
    assertBounds(round(new BestOfN(4), "r", 4, 4, false), ofFour);
    assertBounds(round(new EarlyStop(4, 2), "r", 3, 3, false), ofFour);
  }

  /// Rewards above the threshold are as good as the threshold.
  @Test
  void earlyStopIsBestOfNOfTheClippedReward() {
    int[] outcomes = {0, 1, 2, 3};
    double[] logP = {-1, -1, -1, -1};
    double clipped = Pool.of(outcomes, new double[] {0, 1, 2, 2}, logP).seenMassKlBound(5);
    double whole = Pool.of(outcomes, new double[] {0, 1, 2, 3}, logP).seenMassKlBound(5);
    assertThat(clipped).isLessThan(whole - 0.01);
    double textbook = Math.log(5) - 0.8;
    assertBounds(round(new EarlyStop(5, 2), "r", 4, 4, true), textbook, clipped, 5 / 6.0);
    assertBounds(round(new BestOfN(5), "r", 4, 4, true), textbook, whole, 5 / 6.0);
  }

  /// The numbers at `μ = 3` by adding up the density `(1 + 3u) exp(-3(1-u))` of uniform rewards
  /// with mpmath.
  @Test
  void bestOfPoissonIsThatOfContinuousRewards() {
    assertBounds(
        round(new BestOfPoisson(3), "r", 2, 2, true), 0.4945749325491036, 0.7722458812924596);
  }

  /// Three draws of one run: `-log(1 - 0.95^(1/3))` at most, 1 + 1/2 without bias.
  @Test
  void aRunOfRewindAndRepeatSaysWhatItsDrawsSay() {
    List<Finding> findings =
        RoundFindings.of(round(new RewindAndRepeat(2), "r", 3, 5, true), Confidence.DEFAULT);
    assertThat(findings).hasSize(2);
    Finding most = findings.getFirst();
    assertThat(most.value()).isCloseTo(-Math.log(1 - Math.pow(0.95, 1 / 3.0)), within(1e-12));
    assertThat(most.evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(most.samples()).hasValue(3);
    Finding estimate = findings.getLast();
    assertThat(estimate.value()).isCloseTo(1.5, within(1e-15));
    Interval ends = estimate.interval().orElseThrow();
    // P(M <= 3) and P(M >= 3) are 0.025 at the ends.
    assertThat(ends.upper()).isCloseTo(-Math.log(1 - Math.pow(0.975, 1 / 3.0)), within(1e-12));
    assertThat(ends.lower()).isCloseTo(-Math.log(1 - Math.sqrt(0.025)), within(1e-12));
  }

  /// Where a round tells how many draws pass, an estimate comes last.
  @Test
  void anEstimateFollowsWhatIsProven() {
    Round two = round(new BestOfN(2), "regex:x", 2, 2, true);
    List<Finding> findings = RoundFindings.withEstimate(two, Confidence.DEFAULT);
    assertThat(findings).hasSize(RoundFindings.of(two, Confidence.DEFAULT).size() + 1);
    assertThat(findings.getLast().evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(
            RoundFindings.withEstimate(
                round(new BestOfN(2), "judge", 2, 2, true), Confidence.DEFAULT))
        .hasSize(3);
  }
}
