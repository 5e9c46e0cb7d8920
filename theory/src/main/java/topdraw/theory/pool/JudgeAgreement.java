package topdraw.theory.pool;

import java.util.OptionalDouble;
import topdraw.theory.numeric.Checks;

/// How well a judge's scores order one prompt's draws, by their gold rewards.
///
/// @param judge one score per draw, in the order drawn
/// @param gold one gold reward per draw
public record JudgeAgreement(double[] judge, double[] gold) {
  /// Checks and copies the values.
  public JudgeAgreement {
    judge = judge.clone();
    gold = gold.clone();
    if (judge.length == 0 || judge.length != gold.length) {
      throw new IllegalArgumentException(
          "expected as many gold rewards as scores, at least one; found "
              + gold.length
              + " and "
              + judge.length);
    }
    for (int i = 0; i < judge.length; i++) {
      Checks.notNaN(judge[i], "judge[" + i + "]");
      Checks.notNaN(gold[i], "gold[" + i + "]");
    }
  }

  /// How often the judge's choice among `n` draws is one of the best by gold, ties of the judge
  /// shared: the mean over all `n`-subsets, an unbiased *estimate*.
  ///
  ///     (1/C(N, n)) Σ_i (C(a_i + b_i + 1, n) - C(a_i, n))/(b_i + 1)
  ///
  /// Of the other draws that are no better than i by gold, `a_i` have a lower score and `b_i` the
  /// same.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the estimate, in `[0, 1]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double topAgreement(int n) {
    int size = judge.length;
    PoolWeights.check(n, size);
    double[] within = PoolWeights.within(n, size);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      int lower = 0;
      int same = 0;
      for (int j = 0; j < size; j++) {
        if (j != i && gold[j] <= gold[i]) {
          lower += judge[j] < judge[i] ? 1 : 0;
          same += judge[j] == judge[i] ? 1 : 0;
        }
      }
      sum += (within[lower + same + 1] - within[lower]) / (same + 1);
    }
    return Math.min(1, sum);
  }

  /// [#topAgreement] of a judge without an opinion: what chance gives.
  ///
  /// @param n draws per prompt, `1 <= n <= N`
  /// @return the chance, in `(0, 1]`
  /// @throws IllegalArgumentException if `n` is out of range
  public double topAgreementByChance(int n) {
    return new JudgeAgreement(new double[gold.length], gold).topAgreement(n);
  }

  /// The pairs of draws, by who tells them apart.
  ///
  /// @return the counts
  public Pairs pairs() {
    long agree = 0;
    long disagree = 0;
    long judgeOnly = 0;
    long goldOnly = 0;
    for (int i = 0; i < judge.length; i++) {
      for (int j = 0; j < i; j++) {
        int byJudge = Double.compare(judge[i] + 0.0, judge[j] + 0.0);
        int byGold = Double.compare(gold[i] + 0.0, gold[j] + 0.0);
        agree += byJudge != 0 && byJudge == byGold ? 1 : 0;
        disagree += byJudge != 0 && byJudge == -byGold ? 1 : 0;
        judgeOnly += byJudge != 0 && byGold == 0 ? 1 : 0;
        goldOnly += byJudge == 0 && byGold != 0 ? 1 : 0;
      }
    }
    long all = (long) judge.length * (judge.length - 1) / 2;
    return new Pairs(agree, disagree, judgeOnly, goldOnly, all);
  }

  /// Pairs of draws of one prompt.
  ///
  /// @param agree pairs that both order the same way
  /// @param disagree pairs that they order differently
  /// @param judgeOnly pairs of equal gold that the judge orders
  /// @param goldOnly pairs that gold orders and the judge does not
  /// @param all all pairs
  public record Pairs(long agree, long disagree, long judgeOnly, long goldOnly, long all) {
    private long goldDiffers() {
      return agree + disagree + goldOnly;
    }

    /// How often the judge is right about which of two draws is better, its ties half.
    ///
    /// @return in `[0, 1]`; empty where gold is constant
    public OptionalDouble accuracy() {
      return share(agree + goldOnly / 2.0, goldDiffers());
    }

    /// How often the judge cannot tell two draws that differ by gold.
    ///
    /// @return in `[0, 1]`; empty where gold is constant
    public OptionalDouble tieShare() {
      return share((double) goldOnly, goldDiffers());
    }

    /// How often the judge cannot tell two draws.
    ///
    /// @return in `[0, 1]`; empty for one draw
    public OptionalDouble tieShareOfAll() {
      return share((double) all - agree - disagree - judgeOnly, all);
    }

    /// Kendall's rank correlation with ties, `τ_b`.
    ///
    /// @return in `[-1, 1]`; empty where gold or the judge is constant
    public OptionalDouble tau() {
      double judgeDiffers = agree + disagree + (double) judgeOnly;
      return judgeDiffers == 0 || goldDiffers() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((agree - disagree) / Math.sqrt(judgeDiffers * goldDiffers()));
    }

    private static OptionalDouble share(double part, long whole) {
      return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
    }
  }
}
