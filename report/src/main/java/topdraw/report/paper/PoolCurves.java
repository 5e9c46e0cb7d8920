package topdraw.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.estimate.PromptPool;
import topdraw.report.figure.Band;
import topdraw.report.figure.Curve;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// What one prompt's recorded draws say of best-of-n, n by n.
public final class PoolCurves {
  /// The tilts of the band around (25); the paper's text has lost its numbers, these are chosen.
  static final double TILT = 10;

  private PoolCurves() {}

  /// The curves of the paper's Figures 4 and 5, d*, the seen-mass bound, and where rewards tie the
  /// estimate of the KL divergence itself.
  ///
  /// @param draws the draws of one prompt
  /// @return curves over n up to the number of draws, in nats
  public static List<Curve> kl(PromptPool draws) {
    Pool pool = draws.estimators();
    int last = pool.size();
    List<Curve> curves = new ArrayList<>();
    curves.add(curve("textbook", Evidence.THEOREM, Role.UPPER_BOUND, last, KlBounds::analytical));
    curves.add(curve("(23)", Evidence.ESTIMATE, Role.UPPER_BOUND, last, pool::alternateKlBound));
    curves.add(curve("(25)", Evidence.ESTIMATE, Role.UPPER_BOUND, last, pool::klBound));
    curves.add(curve("d*", Evidence.ESTIMATE, Role.UPPER_BOUND, last, pool::sharpKlBound));
    curves.add(curve("seen mass", Evidence.THEOREM, Role.UPPER_BOUND, last, pool::seenMassKlBound));
    if (draws.likelihoodSelects()) {
      curves.add(
          curve(
              "likeliest seen", Evidence.THEOREM, Role.UPPER_BOUND, last, draws::likeliestKlBound));
    } else {
      // Where rewards tie, how often a reward was drawn says more than the completions seen.
      curves.add(curve("KL divergence", Evidence.ESTIMATE, Role.VALUE, last, pool::kl));
    }
    return curves;
  }

  /// Where (25) lies over the draws of a pool.
  ///
  /// @param pool the draws of one prompt
  /// @return its tilted minimum and maximum at each n, in nats
  public static Band band(Pool pool) {
    double[] low = values(pool.size(), n -> pool.tiltedKlBound(n, -TILT));
    double[] high = values(pool.size(), n -> pool.tiltedKlBound(n, TILT));
    for (int i = 0; i < low.length; i++) {
      // Where all draws agree the two ends differ by rounding only.
      high[i] = Math.max(low[i], high[i]);
    }
    return new Band("tilted min and max of (25)", low, high);
  }

  /// A curve over n from 1.
  ///
  /// @param name what a reader calls it
  /// @param evidence how well its points are known
  /// @param role whether it is the quantity itself or bounds it
  /// @param last the last n
  /// @param at its value at n
  /// @return the curve
  public static Curve curve(
      String name, Evidence evidence, Role role, int last, IntToDoubleFunction at) {
    return new Curve(name, evidence, role, values(last, at));
  }

  private static double[] values(int last, IntToDoubleFunction at) {
    return IntStream.rangeClosed(1, last).mapToDouble(at).toArray();
  }
}
