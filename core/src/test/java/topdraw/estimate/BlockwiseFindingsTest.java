package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.selection.Block;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.RejectionRound;
import topdraw.selection.RejectionRule;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;

/// What one completion, chosen block by block or among some that were given up, says of its policy.
class BlockwiseFindingsTest {
  private static final Estimator SOURCE = new Estimator("a_number", "a number");

  /// Blocks of four tokens of ten at most: three of them. Seven tokens were kept, in two blocks.
  private static BlockwiseRound round() {
    Draw first = Draft.drawn(0, "a", new int[] {1, 2, 3, 4}, -0.5, -0.25, -0.125, -1);
    Draw other = Draft.drawn(1, "b", new int[] {1, 2, 3, 5}, -0.5, -0.25, -0.125, -2);
    Draw whole =
        Draft.drawn(
            0, "c", new int[] {1, 2, 3, 4, 6, 7, 0}, -0.5, -0.25, -0.125, -1, -0.5, -0.75, -0.0625);
    Draw not = Draft.drawn(1, "d", new int[] {1, 2, 3, 4, 0}, -0.5, -0.25, -0.125, -1, -3);
    return new BlockwiseRound(
        Prompt.user("x"),
        4,
        10,
        List.of("r"),
        List.of(new Block(0, List.of(first, other), 0), new Block(4, List.of(whole, not), 0)),
        whole,
        30);
  }

  /// `K_2 = log 2 - 1/2` for each of three blocks with certainty, of two for this length; `d*_2` at
  /// the probabilities `e^-1.875` and `e^-1.3125` of the two.
  @Test
  void eachBlockDriftsByNoMoreThanBestOfN() {
    double each = Math.log(2) - 0.5;
    List<Finding> findings = BlockwiseFindings.of(round(), Confidence.DEFAULT);
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).evidence()).isEqualTo(Evidence.THEOREM);
    assertThat(findings.get(0).value()).isCloseTo(3 * each, within(1e-15));
    assertThat(findings.get(1).value()).isCloseTo(2 * each, within(1e-15));
    assertThat(findings.get(2).value())
        .isCloseTo(
            KlBounds.sharpBoundFromLog(2, -1.875) + KlBounds.sharpBoundFromLog(2, -1.3125),
            within(1e-15));
    assertThat(findings.get(2).interval()).hasValue(new Interval(0, 3 * each));
  }

  /// One bet of `λ = sqrt(2 log(1/a) / (1/4))` on a number x of [0, 1] has won 1/a where `1 + λ (x
  /// - m)` does: of all there is, at `a = 1/4`, below `1 - 3/λ`.
  @Test
  void oneNumberLeavesAsMuchRoomAsOneBet() {
    double bet = Math.sqrt(8 * Math.log(4));
    var half = new Confidence(0.5);
    Interval most =
        BlockwiseFindings.fromOne(2, 2, SOURCE, List.of(), half).interval().orElseThrow();
    assertThat(most.lower()).isCloseTo(2 * (1 - 3 / bet), within(1e-12));
    assertThat(most.upper()).isEqualTo(2);
    Interval least =
        BlockwiseFindings.fromOne(0, 2, SOURCE, List.of(), half).interval().orElseThrow();
    assertThat(least.lower()).isZero();
    assertThat(least.upper()).isCloseTo(6 / bet, within(1e-12));
    assertThat(BlockwiseFindings.fromOne(0, 0, SOURCE, List.of(), half).interval())
        .hasValue(new Interval(0, 0));
    Finding almost = BlockwiseFindings.fromOne(1.96, 2, SOURCE, List.of(), half);
    assertThat(almost.value()).isEqualTo(1.96);
    assertThat(almost.interval().orElseThrow().lower())
        .isCloseTo(2 * (0.98 - 3 / bet), within(1e-12));
    assertThat(almost.samples()).hasValue(1);
  }

  /// Any rule that returns one of three draws: `log((1 - (1-p)^3) / p)` for an answer of
  /// probability p = e^-1.5, which is log 3 at most.
  @Test
  void oneOfNDrawsDriftsByNoMoreThanItsAnswerSays() {
    List<Draw> draws =
        List.of(
            Draft.drawn(0, "a", new int[] {1}, -2),
            Draft.drawn(1, "b", new int[] {2, 0}, -1, -0.5),
            Draft.drawn(2, "c", new int[] {3}, -4));
    var round =
        new RejectionRound(
            Prompt.user("x"),
            new RejectionRule(List.of(1), 0.5),
            List.of("r"),
            draws,
            List.of(1),
            List.of(1),
            1,
            9);
    List<Finding> findings = RejectionFindings.of(round, Confidence.DEFAULT);
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).value()).isCloseTo(Math.log(3) - 2 / 3.0, within(1e-15));
    assertThat(findings.get(1).value()).isCloseTo(0.75, within(1e-15));
    double p = Math.exp(-1.5);
    assertThat(findings.get(2).value())
        .isCloseTo(Math.log((1 - Math.pow(1 - p, 3)) / p), within(1e-14));
    assertThat(findings.get(2).interval()).hasValue(new Interval(0, Math.log(3)));
    assertThat(findings.get(2).evidence()).isEqualTo(Evidence.ESTIMATE);
  }

  private static Draw unproven(int index, int... ids) {
    return Draw.of(
        index,
        "u" + index,
        new Tokens.Ids(ids, new double[ids.length]),
        LogProbability.missing(),
        FinishReason.STOP);
  }

  /// Of a number from which nothing follows no estimate is made.
  @Test
  void withoutALogProbabilityThereIsNoEstimateFromIt() {
    var block = new Block(0, List.of(unproven(0, 1, 2), unproven(1, 1, 3)), 0);
    var blocks =
        new BlockwiseRound(
            Prompt.user("x"), 4, 10, List.of("r"), List.of(block), unproven(0, 1, 2), 4);
    assertThat(BlockwiseFindings.of(blocks, Confidence.DEFAULT)).hasSize(2);
    var rejection =
        new RejectionRound(
            Prompt.user("x"),
            new RejectionRule(List.of(1), 0.5),
            List.of("r"),
            List.of(unproven(0, 1), unproven(1, 2)),
            List.of(1),
            List.of(1),
            1,
            9);
    assertThat(RejectionFindings.of(rejection, Confidence.DEFAULT)).hasSize(2);
  }
}
