package topdraw.theory.numeric;

/// The exponential function for long loops, one argument at a time ([#of]) or an array ([#each]).
///
/// Source of the methods: Tang (1989), *Table-driven implementation of the exponential function in
/// IEEE floating-point arithmetic*; Muller (2016), *Elementary Functions*, chapter 11.
public final class Exp {
  private static final int STEPS = 256;
  private static final double SCALE = STEPS / Math.log(2);

  /// Adding and subtracting it rounds to a whole number, for numbers far below 2^51.
  private static final double ROUND = 0x1.8p52;

  private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

  /// `log(2)/256` in two parts; the first has few bits, so its products with `k` are exact.
  private static final double STEP_HIGH = 0x1.62e42fefp-9;

  private static final double STEP_LOW = 0x1.473de6af278edp-42;

  /// `log 2` in two parts: what it is beyond a double.
  private static final double LOG_2_REST = 0x1.abc9e3b39803fp-56;

  private static final double[] POWERS = new double[STEPS];

  static {
    for (int j = 0; j < STEPS; j++) {
      POWERS[j] = Math.pow(2, (double) j / STEPS);
    }
  }

  private Exp() {}

  /// Returns `exp(x)`, about twice as fast as [Math#exp], as no branch is on the way.
  ///
  ///     exp(x) = 2^(k/256) · exp(r),   k = round(256 x / log 2),   |r| <= log(2)/512
  ///
  /// Within 1.5 ulp of the truth, measured on 10^6 arguments.
  ///
  /// @param x any number; where the result is not a normal double it is [Math#exp] that answers
  /// @return the power
  public static double of(double x) {
    if (!(x > -708 && x < 709)) {
      return Math.exp(x);
    }
    double rounded = x * SCALE + ROUND;
    double steps = rounded - ROUND;
    int k = (int) Double.doubleToRawLongBits(rounded);
    double r = (x - steps * STEP_HIGH) - steps * STEP_LOW;
    double tail = r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24)));
    double power = POWERS[k & (STEPS - 1)];
    double near = power + power * (r + tail);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(near) + ((long) (k >> 8) << 52));
  }

  /// Fills an array with exponentials, about four times as fast as [Math#exp]: without a table, the
  /// compiler works on several arguments at once.
  ///
  ///     exp(x) = 2^k · exp(r),   k = round(x / log 2),   |r| <= log(2)/2
  ///
  /// Within 1 ulp of the truth, measured on 10^5 arguments; where an argument is not between -708
  /// and 708, it is [Math#exp] that answers. One long method, as a short one would be compiled into
  /// its callers, where its loops come out slower.
  ///
  /// @param count how many, from the first
  /// @param x any numbers
  /// @param powers takes `exp(x)`; another array
  /// @param scratch a third array, whose numbers are lost
  public static void each(int count, double[] x, double[] powers, double[] scratch) {
    // exp(r) by its series, whose first term left out is below 4e-18; k is in the lowest bits.
    for (int i = 0; i < count; i++) {
      double rounded = Math.fma(x[i], 1 / LogSpace.LN_2, ROUND);
      double k = rounded - ROUND;
      // The first product and difference are exact.
      double r = Math.fma(-k, LOG_2_REST, Math.fma(-k, LogSpace.LN_2, x[i]));
      double sum = Math.fma(1.0 / 6_227_020_800L, r, 1.0 / 479_001_600);
      sum = Math.fma(sum, r, 1.0 / 39_916_800);
      sum = Math.fma(sum, r, 1.0 / 3_628_800);
      sum = Math.fma(sum, r, 1.0 / 362_880);
      sum = Math.fma(sum, r, 1.0 / 40_320);
      sum = Math.fma(sum, r, 1.0 / 5_040);
      sum = Math.fma(sum, r, 1.0 / 720);
      sum = Math.fma(sum, r, 1.0 / 120);
      sum = Math.fma(sum, r, 1.0 / 24);
      sum = Math.fma(sum, r, 1.0 / 6);
      sum = Math.fma(sum, r, 0.5);
      powers[i] = 1 + Math.fma(r * r, sum, r);
      scratch[i] = rounded;
    }
    // Moving bits between numbers of two kinds is done one by one, so in a loop of its own.
    long seen = 0;
    for (int i = 0; i < count; i++) {
      long k = Double.doubleToRawLongBits(scratch[i]) - ROUND_BITS;
      powers[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(powers[i]) + (k << 52));
      seen |= k + 512;
    }
    // Some k was not in -512..511, or no number.
    if ((seen & -1024) != 0) {
      for (int i = 0; i < count; i++) {
        if (!(Math.abs(x[i]) < 708)) {
          powers[i] = Math.exp(x[i]);
        }
      }
    }
  }
}
