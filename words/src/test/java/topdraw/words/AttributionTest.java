package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measures;
import topdraw.plan.PilotPlanner;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// The number of prompts stands where it stood when it was part of the source.
class AttributionTest {
  private static Finding estimate(Estimator source) {
    return Finding.estimate(
        Quantity.KL,
        Role.VALUE,
        0.5,
        new Interval(0.25, 0.75),
        Confidence.DEFAULT,
        64,
        source,
        List.of());
  }

  private static Finding certificate(Estimator source) {
    return Finding.certificate(
        Quantity.KL, Role.UPPER_BOUND, 0.5, Confidence.DEFAULT, 64, source, List.of());
  }

  @ParameterizedTest
  @CsvSource({"1, prompt", "12, prompts"})
  void prompts(long count, String word) {
    assertThat(Attribution.of(estimate(Measures.POOL_KL).overPrompts(count)))
        .isEqualTo("probabilities and equal rewards, bias-corrected, mean over %d %s", count, word);
    assertThat(Attribution.of(certificate(Betting.on(Measures.POOL_KL_UPPER)).overPrompts(count)))
        .isEqualTo("betting on pool_kl_upper, %d %s", count, word);
    assertThat(Attribution.of(certificate(PilotPlanner.FIXED_SEQUENCE).overPrompts(count)))
        .isEqualTo("betting over %d %s, fixed-sequence", count, word);
    assertThat(
            Attribution.of(
                Finding.theorem(Quantity.KL, Role.UPPER_BOUND, 0.5, Measures.SEEN_MASS, List.of())
                    .overPrompts(count)))
        .isEqualTo("seen-mass bound of each prompt, mean over %d %s", count, word);
  }

  @Test
  void whereThereIsNoneOrItStandsAboveNothingIsAdded() {
    assertThat(Attribution.of(estimate(Measures.POOL_KL)))
        .isEqualTo("probabilities and equal rewards, bias-corrected");
    assertThat(Attribution.of(estimate(GoldStudy.BAND).overPrompts(12)))
        .isEqualTo(GoldStudy.BAND.title());
    assertThat(
            Attribution.of(
                Finding.theorem(Quantity.KL, Role.UPPER_BOUND, 0.5, KlBounds.TEXTBOOK, List.of())))
        .isEqualTo("textbook: log n - (n-1)/n, Theorem 3.1");
  }
}
