package topdraw.theory.bound;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import topdraw.theory.law.Law;
import topdraw.theory.law.Levels;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.numeric.LogSpace;

/// Statements about every reference policy that may be attacked: for each `n` and each table they
/// say how far the two sides are apart.
///
/// Of most we know no proof; one is proven and one is false, so that a search shows what it is
/// worth.
public enum Claim {
  /// The paper's Conjecture 7.2 as we read it: false.
  CONJECTURE_7_2(
      "7.2",
      "W(pi_n) <= u(KL(pi_n)) with u(K_t) = t/(t+1)",
      "conjecture of the paper, as we read it; false",
      2) {
    @Override
    double of(double n, OutcomeTable table) {
      Law law = Law.of(new Selection.BestOfN(n), table);
      return law.winRate() - Tradeoff.conjecturedWinRate(law.kl());
    }
  },

  /// The paper's Conjecture 4.4, proven by T1.
  CONJECTURE_4_4(
      "4.4", "KL(pi_n) <= E[d_n(eps)], eq. (25)", "conjecture of the paper; a theorem by T1", 2) {
    @Override
    double of(double n, OutcomeTable table) {
      double bound = ExpectedKlBounds.bound(n, table);
      return relative(Law.of(new Selection.BestOfN(n), table).kl(), bound);
    }
  },

  /// T3 (b) with the best constant that it could have.
  LOCAL_KL_GAP(
      "T3",
      "K_n - KL(pi_n) <= n(n-1)^2/(24(n-2)) sum P^2 (F^(n-2) - F'^(n-2))",
      "checked numerically; a theorem with 2 pi^2 in place of 24",
      3) {
    @Override
    double of(double n, OutcomeTable table) {
      double gap = ExactGaps.kl(Law.of(new Selection.BestOfN(n), table));
      return relative(gap, KlGapBounds.upperConjectured(n, table));
    }
  },

  /// Theorem 3.4 with the constant that `n = 2` needs.
  ENTROPY_KL_GAP(
      "3.4",
      "K_n - KL(pi_n) <= (log 2 - 1/2)/2 n(n-1) exp(-H_2)",
      "checked numerically; a theorem with 2 in place of (log 2 - 1/2)/2 = 0.0966",
      2) {
    @Override
    double of(double n, OutcomeTable table) {
      double gap = ExactGaps.kl(Law.of(new Selection.BestOfN(n), table));
      return relative(gap, KlGapBounds.upper(n, table) * (LogSpace.LN_2 - 0.5) / 4);
    }
  },

  /// How much the alternate estimator can lose.
  ALTERNATE_EXCESS("23-25", "E[(23)] - E[(25)] <= 0.2432 nats", "checked numerically", 2) {
    @Override
    double of(double n, OutcomeTable table) {
      double excess = ExpectedKlBounds.alternateBound(n, table) - ExpectedKlBounds.bound(n, table);
      return excess - 0.2432;
    }
  },

  /// How much the paper's estimator can lose to the sharper one.
  SHARP_EXCESS("25-dstar", "E[(25)] - E[d*] <= 0.0207 nats", "checked numerically", 2) {
    @Override
    double of(double n, OutcomeTable table) {
      return ExpectedKlBounds.bound(n, table) - ExpectedKlBounds.sharpBound(n, table) - 0.0207;
    }
  },

  /// An error in log p does no more harm to the sharper estimator than its own size.
  SHARP_SLOPE("slope", "|d*_n(P) - d*_n(P')| <= |log P - log P'|", "checked numerically", 2) {
    @Override
    double of(double n, OutcomeTable table) {
      Levels levels = table.levels();
      IntToDoubleFunction sharp =
          l -> KlBounds.sharpBound(n, levels.logMass(l), levels.logComplement(l));
      double worst = -1;
      for (int l = 1; l < levels.count(); l++) {
        double step = Math.abs(levels.logMass(l) - levels.logMass(l - 1));
        double change = Math.abs(sharp.applyAsDouble(l) - sharp.applyAsDouble(l - 1));
        // Steps below this are lost in the rounding of d*.
        worst = step > 1e-4 ? Math.max(worst, change / step - 1) : worst;
      }
      return worst;
    }
  };

  /// What rounding may do; a counterexample violates by more.
  private static final double ROUNDING = 1e-9;

  private final String word;
  private final String statement;
  private final String standing;
  private final int leastN;

  Claim(String word, String statement, String standing, int leastN) {
    this.word = word;
    this.statement = statement;
    this.standing = standing;
    this.leastN = leastN;
  }

  /// The claim of a name.
  ///
  /// @param word the name, such as `7.2`
  /// @return the claim; empty if there is none
  public static Optional<Claim> named(String word) {
    return Arrays.stream(values()).filter(claim -> claim.word.equals(word)).findFirst();
  }

  /// The names, in order.
  ///
  /// @return all names, commas between
  public static String words() {
    return Arrays.stream(values()).map(Claim::word).collect(Collectors.joining(", "));
  }

  /// The name of the claim.
  ///
  /// @return a short name without spaces
  public String word() {
    return word;
  }

  /// What is claimed.
  ///
  /// @return one line
  public String statement() {
    return statement;
  }

  /// How well it is known.
  ///
  /// @return one line
  public String standing() {
    return standing;
  }

  /// The least `n` the claim is about.
  ///
  /// @return a whole number
  public int leastN() {
    return leastN;
  }

  /// How far the claim is from being true of a table: the excess of its smaller side, in the unit
  /// of the claim or relative to the larger.
  ///
  /// @param n completions drawn per prompt, at least [#leastN]
  /// @param table the reference policy
  /// @return above 0 where the claim is violated, but for rounding; larger is worse
  /// @throws IllegalArgumentException if `n` is too small
  public double violation(double n, OutcomeTable table) {
    if (!(n >= leastN)) {
      throw new IllegalArgumentException(
          "claim " + word + " is about n of at least " + leastN + ", was " + n);
    }
    return of(n, table);
  }

  /// Whether a violation is more than rounding.
  ///
  /// @param violation a value of [#violation]
  /// @return whether the claim is refuted
  public static boolean refutes(double violation) {
    return violation > ROUNDING;
  }

  abstract double of(double n, OutcomeTable table);

  /// `left / right - 1`; -1 where both are too small to tell.
  private static double relative(double left, double right) {
    return right > 1e-250 ? left / right - 1 : -1;
  }
}
