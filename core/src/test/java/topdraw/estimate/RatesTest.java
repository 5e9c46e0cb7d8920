package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.theory.confidence.Betting;
import topdraw.theory.confidence.ReferenceIntervals;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Shares of draws that reach a threshold, what follows from them, and bounds on means in a range
/// of their own.
class RatesTest {
  /// As many draws of the rewards 0 and 5, of which some reach the threshold 5.
  private static PromptDraws prompt(String key, int draws, int passing) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      drafts.add(Draft.of("o" + i).reward("r", i < passing ? 5 : i % 3));
    }
    return Draft.prompt(key, drafts);
  }

  private static Analysis analysis(Scope scope, PromptDraws... prompts) {
    var question =
        new AnalysisQuestion(
            "r",
            Optional.empty(),
            OptionalDouble.of(5),
            List.of(3),
            Protocol.SUBSETS,
            Optional.of(scope));
    return Analysis.of(
        Questions.of(question).measure(List.of(prompts)::forEach, Runnable::run, 0),
        question,
        Confidence.DEFAULT);
  }

  private static Finding rewind(Analysis analysis, Quantity quantity, Role role) {
    return analysis.rewind().stream()
        .filter(f -> f.quantity() == quantity && f.role() == role)
        .findFirst()
        .orElseThrow();
  }

  /// 6 of 20 draws reach the threshold: Clopper and Pearson's interval of the share, of which the
  /// win rate `1 - z/2` has the ends in the other order; -log z, 1/z.
  @Test
  void rewindAndRepeatFollowsTheShareThatReachesTheThreshold() {
    Analysis analysis = analysis(Scope.DRAWS, prompt("q", 20, 6));
    double low = ReferenceIntervals.clopperPearsonLower(6, 20, 0.025);
    double high = ReferenceIntervals.clopperPearsonUpper(6, 20, 0.025);
    Finding rate = rewind(analysis, Quantity.PASS_RATE, Role.VALUE);
    assertThat(rate.value()).isCloseTo(0.3, within(1e-15));
    assertThat(rate.interval().orElseThrow().lower()).isCloseTo(low, within(1e-12));
    assertThat(rate.interval().orElseThrow().upper()).isCloseTo(high, within(1e-12));
    Finding winRate = rewind(analysis, Quantity.REWIND_WIN_RATE, Role.VALUE);
    assertThat(winRate.value()).isCloseTo(0.85, within(1e-15));
    assertThat(winRate.interval().orElseThrow().lower()).isCloseTo(1 - high / 2, within(1e-12));
    assertThat(winRate.interval().orElseThrow().upper()).isCloseTo(1 - low / 2, within(1e-12));
    assertThat(rewind(analysis, Quantity.REWIND_KL, Role.VALUE).value())
        .isCloseTo(-Math.log(0.3), within(1e-15));
    assertThat(rewind(analysis, Quantity.REWIND_DRAWS, Role.VALUE).value())
        .isCloseTo(1 / 0.3, within(1e-14));
  }

  /// Of several prompts the means; a bet on each bounds them from below: of the win rate between
  /// 1/2 and 1.
  @Test
  void ofSeveralPromptsTheMeansAreBounded() {
    PromptDraws[] prompts = new PromptDraws[40];
    for (int j = 0; j < prompts.length; j++) {
      prompts[j] = prompt("q" + j, 4, 4);
    }
    Analysis analysis = analysis(Scope.PROMPTS, prompts);
    double[] ones = new double[40];
    Arrays.fill(ones, 1);
    double share = Betting.lower(ones, 0.05);
    Finding rate = rewind(analysis, Quantity.PASS_RATE, Role.LOWER_BOUND);
    assertThat(rate.value()).isCloseTo(share, within(1e-12));
    assertThat(rewind(analysis, Quantity.REWIND_KL, Role.VALUE).value()).isZero();
    assertThat(rewind(analysis, Quantity.REWIND_DRAWS, Role.VALUE).value()).isEqualTo(1);
  }

  /// Of numbers in `[-1, 3]`: the bet is on their share of the range.
  @Test
  void aBoundIsCarriedToTheRange() {
    double[] values = {0, 2, 3, 1, 3, 2, 2.5, -1, 3, 3, 2, 1};
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (values[i] + 1) / 4;
    }
    var column = new Column(values, 24);
    var range = new Interval(-1, 3);
    assertThat(column.bound(Role.LOWER_BOUND, range, 0.3))
        .isCloseTo(4 * Betting.lower(scaled, 0.3) - 1, within(1e-12));
    assertThat(column.bound(Role.UPPER_BOUND, range, 0.3))
        .isCloseTo(4 * Betting.upper(scaled, 0.3) - 1, within(1e-12));
    assertThat(Betting.lower(scaled, 0.3)).isPositive();
    Finding bound =
        column.certified(
            Quantity.REWARD, Role.LOWER_BOUND, 0.5, new Estimator("a", "a"), Confidence.DEFAULT);
    assertThat(bound.samples()).hasValue(24);
    assertThat(bound.prompts()).hasValue(12);
    assertThat(bound.evidence()).isEqualTo(Evidence.THEOREM);
  }

  @Test
  void aColumnIsCompleteWhereEveryPromptSaysItsNumber() {
    assertThat(new Column(new double[0], 0).complete()).isFalse();
    assertThat(new Column(new double[] {1, Double.NaN, 2}, 6).complete()).isFalse();
    assertThat(new Column(new double[] {1, Double.NaN, 2}, 6).without()).isEqualTo(1);
    assertThat(new Column(new double[] {1, 2}, 6).complete()).isTrue();
  }
}
