package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.pool.OveroptimizationFit;

/// What selection by a proxy does to the gold reward.
///
/// @param question what was asked
/// @param seed how prompts were split and resampled
/// @param confidence of intervals and certificates
/// @param prompts how many prompts have a gold reward on every sample
/// @param leftOut how many do not, or have fewer than two samples
/// @param points the curve by n, in rising order
/// @param fits the curve of Gao et al. on each axis that the data allow
/// @param holdOut the n chosen on one half of the prompts, judged on the other; empty with fewer
///   than four prompts
/// @param pairs how well the proxy tells two draws of a prompt apart, as gold does
public record Overoptimization(
    GoldQuestion question,
    long seed,
    Confidence confidence,
    long prompts,
    long leftOut,
    List<Point> points,
    List<Fit> fits,
    Optional<HoldOut> holdOut,
    List<Finding> pairs) {
  /// Copies the lists.
  public Overoptimization {
    points = List.copyOf(points);
    fits = List.copyOf(fits);
    pairs = List.copyOf(pairs);
  }

  /// The fits a person is told of: that on the estimated drift where there is one, for what the
  /// textbook calls the drift is no more than a bound on it.
  ///
  /// @return at most one
  public List<Fit> told() {
    return fits.stream()
        .filter(fit -> fit.axis() == Axis.ESTIMATED)
        .findFirst()
        .or(() -> fits.stream().findFirst())
        .stream()
        .toList();
  }

  /// The numbers at one n.
  ///
  /// @param n draws of one selection
  /// @param findings gold reward (its interval is one of a band that holds all n at once), proxy
  ///   reward, drift, length of the winner; how much of the oracle's gain the proxy recovers, and
  ///   how often its choice is one of the best by gold, beside what chance gives
  public record Point(int n, List<Finding> findings) {
    /// Copies the findings.
    public Point {
      findings = List.copyOf(findings);
    }
  }

  /// The drift that a fit is against.
  public enum Axis {
    /// `K_n`, whatever the completions are.
    ANALYTICAL("analytical"),
    /// The estimated drift, from log-probabilities or from equal rewards.
    ESTIMATED("estimated");

    private final String word;

    Axis(String word) {
      this.word = word;
    }

    /// The axis' name in data.
    ///
    /// @return the name
    public String word() {
      return word;
    }

    /// What a reader calls it.
    ///
    /// @return words
    public String words() {
      return this == ESTIMATED ? "estimated KL" : "the textbook's KL, an upper bound";
    }
  }

  /// A fit, and what it says.
  ///
  /// @param axis the drift it is against
  /// @param fit the curve
  /// @param findings `alpha`, `beta`, and the drift at the peak where that lies within the data
  public record Fit(Axis axis, OveroptimizationFit fit, List<Finding> findings) {
    /// Copies the findings.
    public Fit {
      findings = List.copyOf(findings);
    }
  }

  /// A choice of n that did not see what judges it.
  ///
  /// @param n where the gold reward peaks on the first half
  /// @param chosenOn prompts of the first half
  /// @param judgedOn prompts of the second half
  /// @param findings the gain over n = 1 in gold reward, and in length, on the second half
  public record HoldOut(int n, int chosenOn, int judgedOn, List<Finding> findings) {
    /// Copies the findings.
    public HoldOut {
      findings = List.copyOf(findings);
    }
  }
}
