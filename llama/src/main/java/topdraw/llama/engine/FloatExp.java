package topdraw.llama.engine;

/// The exponential of a float at most 0, written with additions, subtractions and multiplications
/// only, which round alike in scalar and vector code.
///
/// `x = k log 2 + r` with integer `k` and `|r| <= log 2 / 2`; `exp(r)` by the Taylor polynomial of
/// degree 7, whose remainder is below 6e-9; times `2^k`. Relative error at most 2e-7, measured over
/// every float in `[-87, 0]`. `exp(0)` is exactly 1. Below -87, next to the smallest normal float,
/// the result is 0.
///
/// Source of the two-part log 2: Cody and Waite (1980), *Software Manual for the Elementary
/// Functions*.
final class FloatExp {
  static final float LOWEST = -87f;
  static final float LOG2_E = (float) (1 / 0.6931471805599453);

  /// Adding and subtracting 1.5 · 2^23 rounds a float to the nearest integer.
  static final float ROUND = 12582912f;

  /// log 2 in two parts: the first has so few digits that `k` times it is exact.
  static final float LN2_HIGH = 355f / 512;

  static final float LN2_LOW = (float) (0.6931471805599453 - 355.0 / 512);

  static final float C2 = 1f / 2;
  static final float C3 = 1f / 6;
  static final float C4 = 1f / 24;
  static final float C5 = 1f / 120;
  static final float C6 = 1f / 720;
  static final float C7 = 1f / 5040;

  private FloatExp() {}

  static float exp(float x) {
    if (!(x >= LOWEST)) return 0;
    float k = (x * LOG2_E + ROUND) - ROUND;
    float r = (x - k * LN2_HIGH) - k * LN2_LOW;
    float p = ((((C7 * r + C6) * r + C5) * r + C4) * r + C3) * r + C2;
    float e = (p * r) * r + r + 1;
    return e * Float.intBitsToFloat(((int) k + 127) << 23);
  }
}
