package topdraw.theory.confidence;

import java.util.Optional;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;

/// The range in which values provably lie, to which methods for `[0, 1]` are scaled.
///
/// @param low the least value
/// @param high the largest, above `low`
public record Range(double low, double high) {
  /// Probabilities and rewards of 0 and 1.
  public static final Range UNIT = new Range(0, 1);

  /// Room for rounding, in units of the range.
  private static final double ROUNDING = 1e-12;

  /// Checks the ends.
  public Range {
    if (!(low < high && Double.isFinite(low) && Double.isFinite(high))) {
      throw new IllegalArgumentException(
          "a range needs finite low < high, was [" + low + ", " + high + "]");
    }
  }

  /// The range of rewards that are all 0 or 1, which need not be stated.
  ///
  /// @param scores the draws' scores; `-∞` for a missing one, which tells nothing
  /// @return `[0, 1]`, or empty where a score is another number or none is known
  public static Optional<Range> ofPasses(double... scores) {
    boolean known = false;
    for (double score : scores) {
      known |= score != Double.NEGATIVE_INFINITY;
      if (score != 0 && score != 1 && score != Double.NEGATIVE_INFINITY) {
        return Optional.empty();
      }
    }
    return known ? Optional.of(UNIT) : Optional.empty();
  }

  /// The range of a pool's win rate at `n`, early stop's too: `[1/2, n/(n+1)]`.
  ///
  /// Of `n + 1` draws let each in turn be the opponent of the others' best: if one draw is best it
  /// is beaten or wins as opponent, on average `n/(n+1)`; if `t >= 2` are, `(n + 1 - t/2)/(n + 1)`.
  /// A pool's win rate is a mean of these. Source: ours, `docs/theory.md` 13.
  ///
  /// @param n draws per prompt, at least 2: at 1 the win rate is 1/2 without doubt
  /// @return the range
  /// @throws IllegalArgumentException if `n < 2`
  public static Range ofWinRate(int n) {
    Checks.atLeastOne(n - 1.0, "n - 1");
    return new Range(0.5, n / (n + 1.0));
  }

  /// A value as a share of the range.
  ///
  /// @param value in the range, but for rounding
  /// @return in `[0, 1]`
  /// @throws IllegalArgumentException if it lies outside
  public double scaled(double value) {
    double share = (value - low) / (high - low);
    if (!(share >= -ROUNDING && share <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "expected a value in [" + low + ", " + high + "], was " + value);
    }
    return Math.clamp(share, 0, 1);
  }

  /// [#scaled] for several values.
  ///
  /// @param values in the range, but for rounding
  /// @return in `[0, 1]`
  /// @throws IllegalArgumentException if one lies outside
  public double[] scaled(double[] values) {
    var shares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      shares[i] = scaled(values[i]);
    }
    return shares;
  }

  /// The value at a share of the range.
  ///
  /// @param share in `[0, 1]`
  /// @return the value
  public double at(double share) {
    return low + share * (high - low);
  }

  /// An interval of shares as one of values.
  ///
  /// @param shares within `[0, 1]`
  /// @return the interval
  public Interval at(Interval shares) {
    return new Interval(at(shares.lower()), at(shares.upper()));
  }

  /// What an interval and this range have in common.
  ///
  /// @param interval any
  /// @return the interval with its ends moved into the range
  public Interval cut(Interval interval) {
    return new Interval(
        Math.clamp(interval.lower(), low, high), Math.clamp(interval.upper(), low, high));
  }
}
