package topdraw.theory.pool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.numeric.Checks;

/// Bounds on the mean KL divergence over prompts, by betting on estimates that are almost unbiased:
/// *theorems* with confidence `1 - alpha` each, for prompts drawn independently and given in an order
/// that says nothing of the draws.
///
///     upper: of max(0, T_j + β) in [0, K_n + τ + β];   lower: of min(K_n, T_j - β) in [-β, K_n]
///
/// `β` is [KlBias#allowance] and `τ` the most that an estimate of one pool can exceed `K_n` by, found
/// from the tables as the bias is; above 256 draws 0.005 nats, checked numerically. Source: ours,
/// `docs/theory.md` 13.
public final class DriftCertificate {
  private static final int TABLED = 256;
  private static final double BEYOND = 0.005;

  private static final Map<Long, Double> EXCESSES = new ConcurrentHashMap<>();

  private DriftCertificate() {}

  /// An upper bound on the mean KL divergence.
  ///
  /// @param prompts at least one, in an order that says nothing of their draws
  /// @param n draws per prompt, at most the draws of each
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats, at most `K_n`
  /// @throws IllegalArgumentException if an argument is out of range
  public static double upper(List<PromptKl> prompts, int n, double alpha) {
    Checks.atLeastOne(prompts.size(), "the number of prompts");
    double top = KlBounds.analytical(n);
    if (top == 0) {
      return 0;
    }
    double most =
        top
            + prompts.stream()
                .mapToInt(PromptKl::draws)
                .distinct()
                .mapToDouble(draws -> excess(n, draws) + KlBias.allowance(n, draws))
                .max()
                .orElseThrow();
    double[] shares =
        prompts.stream()
            .mapToDouble(prompt -> prompt.estimate() + KlBias.allowance(n, prompt.draws()))
            .map(value -> Math.clamp(value / most, 0, 1))
            .toArray();
    return Math.min(top, most * Betting.upper(shares, alpha));
  }

  /// A lower bound on the mean KL divergence.
  ///
  /// @param prompts at least one, in an order that says nothing of their draws
  /// @param n draws per prompt, at most the draws of each
  /// @param alpha the chance of failing, in `(0, 1)`
  /// @return the bound in nats, at least 0
  /// @throws IllegalArgumentException if an argument is out of range
  public static double lower(List<PromptKl> prompts, int n, double alpha) {
    Checks.atLeastOne(prompts.size(), "the number of prompts");
    double top = KlBounds.analytical(n);
    if (top == 0) {
      return 0;
    }
    double least =
        prompts.stream()
            .mapToDouble(prompt -> KlBias.allowance(n, prompt.draws()))
            .max()
            .orElseThrow();
    double[] shares =
        prompts.stream()
            .mapToDouble(prompt -> prompt.estimate() - KlBias.allowance(n, prompt.draws()))
            .map(value -> Math.clamp((value + least) / (top + least), 0, 1))
            .toArray();
    return Math.max(0, (top + least) * Betting.lower(shares, alpha) - least);
  }

  /// The most by which an estimate from `draws` draws exceeds `K_n`, in nats.
  static double excess(int n, int draws) {
    return draws > TABLED
        ? BEYOND
        : EXCESSES.computeIfAbsent(
            ((long) n << Integer.SIZE) + draws, key -> excessOfTables(n, draws));
  }

  /// `Σ_h (W_h - W_{h-1}) max over h' >= h of max_c -e_{n,h'}(c)/u_{h'}(c)`, where `u_h(c) = 1 -
  /// C(h-c, n)/C(h, n)` and `Σ_l W_{h_l} u_{h_l}(c_l) = 1`.
  private static double excessOfTables(int n, int draws) {
    CorrectedGaps gaps = CorrectedGaps.of(n);
    double[] weights = KlFromLevels.weights(n, draws);
    double sum = 0;
    double most = 0;
    for (int h = draws; h >= n && weights[h] > 0; h--) {
      double below = 1;
      for (int c = 1; c <= h; c++) {
        int left = h - c + 1;
        below *= Math.max(0, left - n) / (double) left;
        most = Math.max(most, -gaps.at(h, c) / (1 - below));
      }
      sum += (weights[h] - weights[h - 1]) * most;
    }
    return sum;
  }
}
