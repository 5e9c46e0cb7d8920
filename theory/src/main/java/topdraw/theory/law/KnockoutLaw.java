package topdraw.theory.law;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import topdraw.theory.numeric.Checks;

/// A knockout on a table: `n` draws meet two by two in the order drawn, and so do those that go on, until
/// one is left; an odd one out goes on without a match. Matches are independent of each other.
///
///     q(y) = Σ_z (q_1(y) q_2(z) w(y, z) + q_1(z) q_2(y) (1 - w(z, y)))
///
/// is the law of who leaves a match between independent draws of laws `q_1`, drawn earlier, and `q_2`.
///
/// With a comparator that is always right and ties to the earlier one it is best-of-n. With any other
/// it is no best-of-n; `K_n` bounds its drift as it bounds every choice among `n` draws.
public final class KnockoutLaw {
  private KnockoutLaw() {}

  /// The law of what is returned.
  ///
  /// @param n draws, at least 1
  /// @param p the probability of each outcome
  /// @param wins `wins[y][z]` is the probability that `y`, drawn earlier, goes on against `z`
  /// @return the probability of each outcome
  /// @throws IllegalArgumentException if a shape or a probability is wrong
  public static double[] of(int n, double[] p, double[][] wins) {
    Checks.atLeastOne(n, "n");
    if (wins.length != p.length) {
      throw new IllegalArgumentException("wins has a row an outcome, had " + wins.length);
    }
    for (int y = 0; y < p.length; y++) {
      Checks.probability(p[y], "p[" + y + "]");
      if (wins[y].length != p.length) {
        throw new IllegalArgumentException("wins[" + y + "] has a number an outcome");
      }
      for (double win : wins[y]) {
        Checks.probability(win, "wins[" + y + "]");
      }
    }
    List<double[]> in = Collections.nCopies(n, p);
    while (in.size() > 1) {
      List<double[]> on = new ArrayList<>();
      for (int i = 0; i < in.size(); i += 2) {
        on.add(i + 1 < in.size() ? match(in.get(i), in.get(i + 1), wins) : in.get(i));
      }
      in = on;
    }
    return in.getFirst().clone();
  }

  private static double[] match(double[] earlier, double[] later, double[][] wins) {
    var law = new double[earlier.length];
    for (int y = 0; y < law.length; y++) {
      for (int z = 0; z < law.length; z++) {
        double met = earlier[y] * later[z];
        law[y] += met * wins[y][z];
        law[z] += met * (1 - wins[y][z]);
      }
    }
    return law;
  }
}
