package topdraw.report.quickstart;

import java.util.Optional;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// What best-of-n gives at one n, and what it costs.
///
/// @param one the mean reward of a single draw
/// @param best the mean reward of the best of n
/// @param drift the KL divergence; empty where the draws cannot say it
/// @param draws how many draws early stop makes; empty where no threshold was set
record Gain(Finding one, Finding best, Optional<Finding> drift, Optional<Finding> draws) {

  /// Reads a curve at one n.
  ///
  /// @throws java.util.NoSuchElementException if the curve has no such n, or no reward there
  static Gain of(Analysis analysis, int n) {
    Quantity reward = analysis.passAtK() ? Quantity.PASS_AT_K : Quantity.REWARD;
    AtN at = at(analysis, n);
    return new Gain(
        value(at(analysis, 1), reward).orElseThrow(),
        value(at, reward).orElseThrow(),
        value(at, Quantity.KL),
        value(at, Quantity.EARLY_STOP_DRAWS));
  }

  private static AtN at(Analysis analysis, int n) {
    return analysis.curve().stream().filter(at -> at.n() == n).findFirst().orElseThrow();
  }

  /// The first estimate of a quantity itself.
  static Optional<Finding> value(AtN at, Quantity quantity) {
    return at.findings().stream()
        .filter(finding -> finding.quantity() == quantity && finding.role() == Role.VALUE)
        .findFirst();
  }
}
