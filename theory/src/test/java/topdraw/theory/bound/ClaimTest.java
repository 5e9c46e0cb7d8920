package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Near;
import topdraw.theory.Tables;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Claims that may be attacked.
class ClaimTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsCheckedNumericallyHoldsHereToo(long seed) {
    Tables tables = Tables.of(seed);
    int n = Math.max(3, tables.wholeN());
    for (Claim claim : EnumSet.complementOf(EnumSet.of(Claim.CONJECTURE_7_2))) {
      double violation = claim.violation(n, tables.table());

      assertThat(Claim.refutes(violation)).as("%s: %s", claim, violation).isFalse();
    }
  }

  /// The constants are as tight as they are written.
  @Test
  void theConstantsAreNearlyReached() {
    OutcomeTable fine = OutcomeTable.ofLogProbabilities(new double[2_000]);
    OutcomeTable one = OutcomeTable.ofProbabilities(1);

    assertThat(Claim.LOCAL_KL_GAP.violation(3, fine)).isBetween(-1e-4, 0.0);
    assertThat(Claim.ENTROPY_KL_GAP.violation(2, one)).isBetween(-1e-14, 1e-14);
    assertThat(Claim.ALTERNATE_EXCESS.violation(Math.round(2_000 * Math.E), fine))
        .isBetween(-2e-3, 0.0);
    assertThat(Claim.SHARP_EXCESS.violation(3_680, fine)).isBetween(-1e-4, 0.0);
  }

  @Test
  void fourOutcomesRefuteConjecture72() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.4, 0.2, 0.2, 0.2);

    assertThat(Claim.refutes(Claim.CONJECTURE_7_2.violation(2, table))).isTrue();
    assertThat(Claim.refutes(Claim.CONJECTURE_4_4.violation(2, table))).isFalse();
  }

  @Test
  void aClaimIsFoundByItsNameAndRefusesAnNItIsNotAbout() {
    assertThat(Claim.named("7.2")).contains(Claim.CONJECTURE_7_2);
    assertThat(Claim.named("7.3")).isEmpty();
    assertThatThrownBy(
            () -> Claim.LOCAL_KL_GAP.violation(2, OutcomeTable.ofProbabilities(0.5, 0.5)))
        .hasMessage("claim T3 is about n of at least 3, was 2.0");
  }

  /// Corollary 3.2: a mean of what is bounded is bounded, and so is the mean win rate.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void meansOverPromptsKeepToTheBoundsOfEach(long seed) {
    double n = Tables.of(seed).realN();
    double weight = Tables.random(seed).nextDouble();
    Law one = Law.of(new Selection.BestOfN(n), Tables.of(seed).table());
    Law other = Law.of(new Selection.BestOfN(n), Tables.of(seed + 1_000).table());

    Near.assertAtMost(weight * one.kl() + (1 - weight) * other.kl(), KlBounds.analytical(n));
    Near.assertAtMost(
        weight * one.winRate() + (1 - weight) * other.winRate(), WinRateBounds.analytical(n));
  }

  @Test
  void aClaimSaysWhatItIs() {
    assertThat(Claim.words()).isEqualTo("7.2, 4.4, T3, 3.4, 23-25, 25-dstar, slope");
    assertThat(Claim.LOCAL_KL_GAP.word()).isEqualTo("T3");
    assertThat(Claim.LOCAL_KL_GAP.leastN()).isEqualTo(3);
    assertThat(Claim.SHARP_EXCESS.statement()).isEqualTo("E[(25)] - E[d*] <= 0.0207 nats");
    assertThat(Claim.CONJECTURE_7_2.standing()).endsWith("false");
  }

  @Test
  void roundingRefutesNothing() {
    assertThat(Claim.refutes(1e-9)).isFalse();
    assertThat(Claim.refutes(1.0000001e-9)).isTrue();
  }

  /// Where there is nothing to tell, a claim is as far from refuted as can be.
  @Test
  void whatIsZeroOnBothSidesRefutesNothing() {
    assertThat(Claim.CONJECTURE_4_4.violation(2, OutcomeTable.ofProbabilities(1))).isEqualTo(-1);
    assertThat(Claim.SHARP_SLOPE.violation(2, OutcomeTable.ofProbabilities(0.5, 0.5)))
        .isEqualTo(-1);
  }
}
