package topdraw.theory.pool;

import java.util.Arrays;
import topdraw.theory.numeric.Checks;

/// When one more draw is worth its price, for a law of rewards that is known: draw while the best so
/// far is below the index. With recall and independent draws of one law no rule is better.
///
///     E (X - z)⁺ = price
///
/// It is early stop at the threshold `z`. Source: Weitzman (1979), *Optimal search for the best
/// alternative*.
public final class PandoraIndex {
  private final double[] falling;

  /// A law of rewards.
  ///
  /// @param rewards equally likely, at least one, finite
  /// @throws IllegalArgumentException if there is none, or one is not finite
  public PandoraIndex(double... rewards) {
    Checks.atLeastOne(rewards.length, "the number of rewards");
    double[] rising = rewards.clone();
    Arrays.sort(rising);
    falling = new double[rising.length];
    Arrays.setAll(falling, i -> rising[rising.length - 1 - i]);
    if (!Double.isFinite(falling[0]) || !Double.isFinite(rising[0])) {
      throw new IllegalArgumentException(
          "rewards must be finite, found " + Arrays.toString(rising));
    }
  }

  /// What one more draw is expected to add to the best so far.
  ///
  /// @param best the best so far
  /// @return `E (X - best)⁺`, at least 0
  public double gain(double best) {
    double sum = 0;
    for (int i = 0; i < falling.length && falling[i] > best; i++) {
      sum += falling[i] - best;
    }
    return sum / falling.length;
  }

  /// The index.
  ///
  /// @param price what a draw costs, in units of reward, above 0
  /// @return `z`; a best reward of at least this is kept
  /// @throws IllegalArgumentException if the price is not above 0
  public double at(double price) {
    double wanted = Checks.positive(price, "price") * falling.length;
    double sum = 0;
    for (int i = 0; i < falling.length; i++) {
      sum += falling[i];
      double z = (sum - wanted) / (i + 1);
      if (i + 1 == falling.length || z >= falling[i + 1]) {
        return z;
      }
    }
    throw new AssertionError("the last reward ends the search");
  }

  /// After how many failures a prompt is given up, with rewards of 0 and 1 and a beta law of rates:
  /// one more draw succeeds with chance `a/(a + b + t)` after `t` failures.
  ///
  /// @param a the first parameter of the law of rates, above 0
  /// @param b the second, above 0
  /// @param price what a draw costs, in units of a success, above 0
  /// @return the most draws, `⌈a/price - a - b⌉`, at least 0: a cap for early stop
  /// @throws IllegalArgumentException if an argument is out of range
  public static double mostFailures(double a, double b, double price) {
    Checks.positive(a, "a");
    Checks.positive(b, "b");
    return Math.max(0, Math.ceil(a / Checks.positive(price, "price") - a - b));
  }
}
