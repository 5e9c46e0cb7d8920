package topdraw.theory.pool;

import java.util.List;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Betting;
import topdraw.theory.numeric.Checks;

/// Bounds on the mean KL divergence over prompts, by betting on estimates that are almost unbiased:
/// *theorems* with confidence `1 - alpha` each, for prompts drawn independently and given in an order
/// that says nothing of the draws.
///
///     upper: of max(0, T_j + β) in [0, K_n + τ + β];   lower: of min(K_n, T_j - β) in [-β, K_n]
///
/// `β` is [KlBias#allowance] and `τ = 2β` above the most that an estimate of one pool can exceed
/// `K_n` by: both were found from the tables of 4 to 512 draws, numerically. Source: ours,
/// `docs/theory.md` 13.
public final class DriftCertificate {
  private static final int FEWEST = 4;
  private static final int MOST = 512;

  private DriftCertificate() {}

  /// Whether what the bets rest on was found for pools of this size.
  ///
  /// @param draws how many draws a pool has
  /// @return whether there are 4 to 512
  public static boolean holds(int draws) {
    return draws >= FEWEST && draws <= MOST;
  }

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

  /// What an estimate from `draws` draws does not exceed `K_n` by, in nats.
  static double excess(int n, int draws) {
    return 2 * KlBias.allowance(n, draws);
  }
}
