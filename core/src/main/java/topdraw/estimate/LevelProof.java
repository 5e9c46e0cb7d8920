package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlGapBounds;
import topdraw.theory.confidence.LevelLimits;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Pool;

/// What equal rewards prove of drift at one n, without a log-probability: other draws that meet the
/// winner's level show that it is likely, so the drift is less than the textbook says; pairs that
/// do not meet show that levels are unlikely, so it is not much less.
///
/// Source: ours, [topdraw.theory.confidence.LevelCertificate] and
/// [KlGapBounds#upperFromCollisions].
final class LevelProof {
  private final int n;
  private final Tally certificates = new Tally();
  private final Tally floors = new Tally();
  private double slack;

  LevelProof(int n) {
    this.n = n;
  }

  /// What one prompt proves.
  ///
  /// @param certificate its mean is at least the drift, but for the chance that limits fail
  /// @param floor its mean is at most the drift
  /// @param slack how far a single certificate may exceed the textbook's bound, as a share of it
  record Limits(double certificate, double floor, double slack) {
    /// Of a prompt that has draws beyond n to compare with.
    static Optional<Limits> of(PromptAt at, LevelLimits limits) {
      if (at.levels().isEmpty() || at.n() < 2 || at.n() >= at.view().size()) {
        return Optional.empty();
      }
      Pool levels = at.view().levels().orElseThrow().pool();
      double lost = KlGapBounds.upperFromCollisions(at.n(), levels.levelCollisions());
      return Optional.of(
          new Limits(
              at.levels().get().levelCertificate(limits),
              KlBounds.analytical(at.n()) - lost,
              2 * limits.a()));
    }
  }

  void add(Limits limits, long draws) {
    certificates.add(OptionalDouble.of(limits.certificate()), draws);
    floors.add(OptionalDouble.of(limits.floor()), draws);
    slack = limits.slack();
  }

  /// Bounds on the mean drift, those that say more than the textbook's and than that it is
  /// positive.
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (!certificates.complete()) {
      return findings;
    }
    double top = KlBounds.analytical(n);
    double upper = certificates.bound(Role.UPPER_BOUND, new Interval(0, top * (1 + slack)));
    if (upper < top) {
      findings.add(
          certificates.proven(
              "kl", Role.UPPER_BOUND, upper, "nats", "how often others meet the winner's reward"));
    }
    Interval range = new Interval(top - KlGapBounds.upperFromCollisions(n, 1), top);
    double lower = floors.bound(Role.LOWER_BOUND, range);
    if (lower > 0) {
      findings.add(
          floors.proven("kl", Role.LOWER_BOUND, lower, "nats", "how seldom two rewards are equal"));
    }
    return findings;
  }
}
