package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatExpTest {
  @Test
  void theRelativeErrorIsAtMostTwoTenMillionthsFromMinus87To0() {
    double worst = 0;
    // Every 997th float; positive bit patterns order as the floats they stand for.
    for (int bits = 0; bits <= Float.floatToRawIntBits(87f); bits += 997) {
      float x = -Float.intBitsToFloat(bits);
      worst = Math.max(worst, Math.abs(FloatExp.exp(x) / Math.exp(x) - 1));
    }
    assertThat(worst).isLessThan(2e-7);
  }

  @Test
  void theEndsAreExact() {
    assertThat(FloatExp.exp(0f)).isEqualTo(1f);
    assertThat(FloatExp.exp(-0f)).isEqualTo(1f);
    assertThat(FloatExp.exp(-87.1f)).isZero();
    assertThat(FloatExp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatExp.exp(Float.NaN)).isZero();
  }
}
