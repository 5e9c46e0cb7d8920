package topdraw.theory.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import topdraw.theory.Near;
import topdraw.theory.finding.Interval;

/// What a sample is worth, and its limits at that worth, by scipy's beta quantiles.
class EffectiveSampleTest {
  @Test
  void aSampleIsWorthWhatItsVarianceSaysButNoLessThanItsFewest() {
    Near.assertEqual(EffectiveSample.size(.5, .025, .9, 3), 9);
    assertThat(EffectiveSample.size(.5, .25, 1, 7)).isEqualTo(7);
    assertThat(EffectiveSample.size(.5, 0, 1, 7)).isEqualTo(7);
    assertThat(EffectiveSample.size(0, 0, 1, 7)).isEqualTo(7);
  }

  /// One success is enough for the half way to Jeffreys' limits; less is not.
  @Test
  void atOneSuccessOrOneFailureTheLimitsLieHalfWay() {
    Interval one = EffectiveSample.between(.25, 4, .05);
    Near.assertWithin(1e-11, one.lower(), .0173901791484283);
    Near.assertWithin(1e-11, one.upper(), .761063935376672);
    Interval failure = EffectiveSample.between(.75, 4, .05);
    Near.assertWithin(1e-11, failure.lower(), 1 - .761063935376672);
    Near.assertWithin(1e-11, failure.upper(), 1 - .0173901791484283);
    assertThat(EffectiveSample.between(.24, 4, .05)).isEqualTo(EffectiveSample.exact(.24, 4, .05));
    assertThat(EffectiveSample.lower(0, 4, .05)).isZero();
  }
}
