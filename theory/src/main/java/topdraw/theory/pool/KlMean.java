package topdraw.theory.pool;

import java.util.List;
import java.util.function.ToDoubleFunction;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Interval;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.Quantiles;

/// The mean KL divergence over prompts, with an interval that carries noise, what was not drawn and
/// bias.
///
///     mean ± (t sqrt(v + max δ²/P²) + β(n, N) + 0.001 K_n)
///
/// `v` is the variance over draws when it speaks of these prompts, and that over prompts when it
/// speaks of others. Cut to `[0, K_n]` and to every theorem beside it.
///
/// @param n draws per prompt
/// @param fromCounts whether no log-probability was used
/// @param ceiling the least upper bound proven for the mean, in nats; `∞` for none
/// @param alpha the chance that the interval misses, in `(0, 1)`
public record KlMean(int n, boolean fromCounts, double ceiling, double alpha) {
  private static final int FEWEST_DRAWS = 4;
  private static final int ENOUGH_PROMPTS = 20;
  private static final double SHARE = 1e-3;

  /// Checks the numbers.
  public KlMean {
    Checks.atLeastOne(n, "n");
    Checks.divergence(ceiling, "ceiling");
    Checks.openUnit(alpha, "alpha");
  }

  /// The answer for prompts.
  ///
  /// @param prompts what each says, at least one
  /// @param scope of whom to speak
  /// @return the answer
  /// @throws IllegalArgumentException if there is no prompt
  public KlAnswer of(List<PromptKl> prompts, Scope scope) {
    Checks.atLeastOne(prompts.size(), "the number of prompts");
    if (n == 1) {
      return new KlAnswer.Exact(0);
    }
    if (prompts.stream().allMatch(prompt -> prompt.exact().isPresent())) {
      return new KlAnswer.Exact(mean(prompts, prompt -> prompt.exact().orElseThrow()));
    }
    int fewest = prompts.stream().mapToInt(PromptKl::draws).min().orElseThrow();
    if (n > fewest) {
      return new KlAnswer.Withheld(KlAnswer.Reason.MORE_THAN_DRAWN);
    }
    if (fewest < FEWEST_DRAWS) {
      return new KlAnswer.Withheld(KlAnswer.Reason.TOO_FEW_DRAWS);
    }
    boolean varies = scope == Scope.PROMPTS && prompts.size() >= ENOUGH_PROMPTS;
    if (n == fewest && !varies) {
      return new KlAnswer.Withheld(KlAnswer.Reason.ALL_DRAWS_OF_FEW_PROMPTS);
    }
    return estimated(prompts, scope);
  }

  private KlAnswer.Estimated estimated(List<PromptKl> prompts, Scope scope) {
    int count = prompts.size();
    double mean = mean(prompts, PromptKl::estimate);
    double unseen = prompts.stream().mapToDouble(PromptKl::unseen).max().orElseThrow() / count;
    double allowance = mean(prompts, prompt -> KlBias.allowance(n, prompt.draws()));
    double top = KlBounds.analytical(n);
    double half =
        Quantiles.student(alpha, Math.max(count - 1, 4))
                * Math.sqrt(variance(prompts, mean, scope) + unseen * unseen)
            + allowance
            + SHARE * top;
    double most = Math.min(top, ceiling);
    return new KlAnswer.Estimated(
        Math.clamp(mean, 0, most),
        new Interval(Math.clamp(mean - half, 0, most), Math.clamp(mean + half, 0, most)),
        allowance,
        scope,
        count);
  }

  /// The variance of the mean.
  private double variance(List<PromptKl> prompts, double mean, Scope scope) {
    int count = prompts.size();
    double overDraws = mean(prompts, PromptKl::variance) / count;
    if (scope == Scope.DRAWS || count == 1) {
      return overDraws;
    }
    double squares = 0;
    for (PromptKl prompt : prompts) {
      squares += (prompt.estimate() - mean) * (prompt.estimate() - mean);
    }
    double overPrompts = squares / (count - 1.0) / count;
    return fromCounts ? Math.max(overPrompts, overDraws) : overPrompts;
  }

  private static double mean(List<PromptKl> prompts, ToDoubleFunction<PromptKl> value) {
    return prompts.stream().mapToDouble(value).average().orElseThrow();
  }
}
