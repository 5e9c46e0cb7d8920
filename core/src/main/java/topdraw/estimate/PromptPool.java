package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Rewards;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Pool;

/// The completions drawn for one prompt, in the order of one reward: what best-of-n would give and
/// cost, for every n up to their number, without drawing again.
public final class PromptPool {
  /// Nominal confidence of the intervals of estimates.
  public static final double CONFIDENCE = 0.95;

  private static final double NORMAL_QUANTILE = 1.959963984540054;

  static final List<String> TRUE_LOG_PROBABILITIES =
      List.of("the log-probabilities are those the completions were drawn with");

  private static final List<String> JACKKNIFE =
      List.of(
          TRUE_LOG_PROBABILITIES.getFirst(),
          "the interval is a jackknife's over the draws of this prompt: outcomes not yet seen do not"
              + " widen it");

  private final Pool pool;
  private final boolean likelihoodSelects;
  private final double likeliest;

  private PromptPool(Pool pool, boolean likelihoodSelects, double likeliest) {
    this.pool = pool;
    this.likelihoodSelects = likelihoodSelects;
    this.likeliest = likeliest;
  }

  /// A pool of draws of one prompt. Of their log-probabilities those count that prove something.
  ///
  /// @param reward the reward's name
  /// @param prompt the prompt and its draws, scored by that reward
  /// @return the pool
  public static PromptPool of(String reward, PromptDraws prompt) {
    return of(reward, prompt.outcomes(), prompt.ranks(reward), floors(prompt));
  }

  /// What the log-probability of each draw is known to be at least.
  static double[] floors(PromptDraws prompt) {
    return prompt.draws().stream().mapToDouble(draw -> draw.logProbability().floor()).toArray();
  }

  /// A pool of draws that are known by their numbers only.
  ///
  /// @param reward the reward's name
  /// @param outcomes equal numbers for equal completions, at least one
  /// @param ranks their rewards, in the same order
  /// @param logProbabilities their log-probabilities in nats, in the same order
  /// @return the pool
  public static PromptPool of(
      String reward, int[] outcomes, double[] ranks, double[] logProbabilities) {
    return new PromptPool(
        Pool.of(outcomes, ranks, logProbabilities),
        reward.equals(Rewards.logLikelihood().name()),
        Arrays.stream(logProbabilities).max().orElseThrow());
  }

  /// Whether the reward is the completion's own likelihood, so that the likeliest completion of all
  /// is the best one.
  ///
  /// @return true for the reward `log-likelihood`
  public boolean likelihoodSelects() {
    return likelihoodSelects;
  }

  /// The bound of Corollary 4.2 at the likeliest completion seen. When likelihood selects, the best
  /// outcome is the mode, no completion seen is likelier than it, and d_n falls with probability:
  /// so the bound holds for the pool in hand, with certainty (*theorem*). Source: the paper, C.1,
  /// its "better upper bound".
  ///
  /// @param n completions a selection would draw, at least 1
  /// @return an upper bound on the KL divergence, in nats
  /// @throws IllegalStateException if the reward is not `log-likelihood`: then it proves nothing
  public double likeliestKlBound(int n) {
    if (!likelihoodSelects) {
      throw new IllegalStateException("the bound at the likeliest completion needs log-likelihood");
    }
    return KlBounds.boundFromLog(n, likeliest);
  }

  /// The estimators over these draws, as plain numbers.
  ///
  /// @return the pool of `topdraw.theory`
  public Pool estimators() {
    return pool;
  }

  /// What is known of best-of-n on this prompt: the textbook bound, the seen-mass bound, the
  /// estimates from (25) and from d*, the win rate and its ceiling.
  ///
  /// @param n completions a selection would draw, at least 1 and below the number of draws
  /// @return the findings, most certain first
  public List<Finding> findings(int n) {
    if (!(n >= 1 && n < pool.size())) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "n must be at least 1 and below the "
              + pool.size()
              + " completions drawn, was "
              + n
              + "; draw more, or ask for a smaller n");
    }
    double klTop = KlBounds.analytical(n);
    List<Finding> findings = new ArrayList<>();
    findings.add(RoundFindings.textbookKl(n));
    findings.add(RoundFindings.seenMass(pool, n));
    if (likelihoodSelects) {
      findings.add(likeliestSeen(n));
    }
    findings.add(klEstimate(n, p -> p.klBound(n), klTop, "eq. (25), Theorem T1, pooled"));
    findings.add(klEstimate(n, p -> p.sharpKlBound(n), klTop, "d*, Theorem T1, pooled"));
    findings.add(RoundFindings.textbookWinRate(n));
    if (n < pool.size() - 1) {
      findings.add(
          estimate(
              "win_rate",
              Role.VALUE,
              "probability",
              n + 1,
              p -> p.winRate(n),
              WinRateBounds.analytical(n),
              "pooled, unbiased, ties half"));
    }
    return List.copyOf(findings);
  }

  Finding likeliestSeen(int n) {
    return Finding.theorem(
        "kl",
        Role.UPPER_BOUND,
        likeliestKlBound(n),
        "nats",
        "(25) at the likeliest completion seen, Corollary 4.2",
        TRUE_LOG_PROBABILITIES);
  }

  private Finding klEstimate(int n, ToDoubleFunction<Pool> estimator, double top, String source) {
    return estimate("kl", Role.UPPER_BOUND, "nats", n, estimator, top, source);
  }

  private Finding estimate(
      String quantity,
      Role role,
      String unit,
      int needed,
      ToDoubleFunction<Pool> estimator,
      double top,
      String source) {
    double value = estimator.applyAsDouble(pool);
    return Finding.estimate(
        quantity,
        role,
        value,
        unit,
        interval(value, pool.jackknifeStandardError(needed, estimator), top),
        CONFIDENCE,
        pool.size(),
        source,
        JACKKNIFE);
  }

  /// Every estimate here stays below a proven ceiling by a gap that a few likely outcomes make, so
  /// its errors are skewed: the interval is symmetric in the logarithm of the gap.
  private static Interval interval(double value, double standardError, double top) {
    double gap = top - value;
    double half = NORMAL_QUANTILE * standardError;
    if (gap <= 1e-12 * top) {
      return new Interval(Math.clamp(value - half, 0, value), Math.max(value, top));
    }
    double factor = Math.exp(half / gap);
    return new Interval(Math.max(0, top - gap * factor), top - gap / factor);
  }
}
