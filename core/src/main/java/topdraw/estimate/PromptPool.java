package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Rewards;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// The completions drawn for one prompt, in the order of one reward: what best-of-n would give and
/// cost, for every n up to their number, without drawing again.
public final class PromptPool {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /// The mean of the paper's (25).
  public static final Estimator MEAN_OF_25 =
      new Estimator("pooled_kl_bound", "eq. (25), Theorem T1, pooled");

  /// The mean of our `d*`.
  public static final Estimator MEAN_OF_SHARP =
      new Estimator("pooled_sharp_kl_bound", "d*, Theorem T1, pooled");

  /// The win rate, unbiased.
  public static final Estimator WIN_RATE =
      new Estimator("pool_win_rate", "pooled, unbiased, ties half");

  private static final Estimator LIKELIEST =
      new Estimator("kl_at_likeliest_seen", "(25) at the likeliest completion seen, Corollary 4.2");

  static final List<String> TRUE_LOG_PROBABILITIES =
      List.of("the log-probabilities are those the completions were drawn with");

  private static final List<String> JACKKNIFE =
      List.of(
          TRUE_LOG_PROBABILITIES.getFirst(),
          "the interval is a jackknife's over the draws of this prompt: outcomes not yet seen do"
              + " not widen it");

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
  /// estimates from (25) and from d* where they say more, the win rate and its ceiling.
  ///
  /// @param n completions a selection would draw, at least 1 and below the number of draws
  /// @param confidence of the intervals
  /// @return the findings, most certain first
  public List<Finding> findings(int n, Confidence confidence) {
    if (!(n >= 1 && n < pool.size())) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "n must be at least 1 and below the "
              + pool.size()
              + " completions drawn, was "
              + n
              + "; draw more, or ask for a smaller n");
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(RoundFindings.textbookKl(n));
    findings.add(RoundFindings.seenMass(pool, n));
    if (likelihoodSelects) {
      findings.add(likeliestSeen(n));
    }
    double proven = findings.stream().mapToDouble(Finding::value).min().orElseThrow();
    below(proven, meanOf25(n, confidence)).ifPresent(findings::add);
    below(proven, meanOfSharp(n, confidence)).ifPresent(findings::add);
    findings.add(RoundFindings.textbookWinRate(n));
    if (n < pool.size() - 1) {
      findings.add(winRate(n, confidence));
    }
    return List.copyOf(findings);
  }

  Finding likeliestSeen(int n) {
    return Finding.theorem(
        Quantity.KL, Role.UPPER_BOUND, likeliestKlBound(n), LIKELIEST, TRUE_LOG_PROBABILITIES);
  }

  /// No estimate of a bound stands above what is proven: it is cut there, and left out where its
  /// whole interval lies above.
  private static Optional<Finding> below(double proven, Finding estimate) {
    Interval interval = estimate.interval().orElseThrow();
    if (estimate.value() > proven && interval.lower() >= proven) {
      return Optional.empty();
    }
    return Optional.of(
        interval.upper() <= proven
            ? estimate
            : new Finding(
                estimate.quantity(),
                estimate.role(),
                Math.min(estimate.value(), proven),
                estimate.evidence(),
                estimate.confidence(),
                Optional.of(new Interval(interval.lower(), proven)),
                estimate.samples(),
                estimate.prompts(),
                estimate.source(),
                estimate.assumptions()));
  }

  /// The mean of (25) over the draws, beside no theorem.
  Finding meanOf25(int n, Confidence confidence) {
    return klEstimate(n, p -> p.klBound(n), MEAN_OF_25, confidence);
  }

  /// The mean of d* over the draws, beside no theorem.
  Finding meanOfSharp(int n, Confidence confidence) {
    return klEstimate(n, p -> p.sharpKlBound(n), MEAN_OF_SHARP, confidence);
  }

  private Finding klEstimate(
      int n, ToDoubleFunction<Pool> estimator, Estimator source, Confidence confidence) {
    double top = KlBounds.analytical(n);
    double value = estimator.applyAsDouble(pool);
    double error = pool.jackknifeStandardError(n, estimator);
    return estimate(Quantity.KL, Role.UPPER_BOUND, value, error, top, source, confidence);
  }

  Finding winRate(int n, Confidence confidence) {
    double value = pool.winRate(n);
    double error = pool.jackknifeStandardError(n + 1, p -> p.winRate(n));
    double top = WinRateBounds.analytical(n);
    return estimate(Quantity.WIN_RATE, Role.VALUE, value, error, top, WIN_RATE, confidence);
  }

  private Finding estimate(
      Quantity quantity,
      Role role,
      double value,
      double error,
      double top,
      Estimator source,
      Confidence confidence) {
    Interval interval = interval(value, error, top, confidence);
    return Finding.estimate(
        quantity, role, value, interval, confidence, pool.size(), source, JACKKNIFE);
  }

  /// Every estimate here stays below a proven ceiling by a gap that a few likely outcomes make, so
  /// its errors are skewed: the interval is symmetric in the logarithm of the gap.
  private static Interval interval(
      double value, double standardError, double top, Confidence confidence) {
    double gap = top - value;
    if (gap <= 1e-12 * top) {
      return new Interval(value, Math.max(value, top)); // what is left out changes no more
    }
    double half = NORMAL.inverseSurvivalProbability(confidence.alpha() / 2) * standardError;
    double factor = Math.exp(half / gap);
    return new Interval(Math.max(0, top - gap * factor), top - gap / factor);
  }
}
