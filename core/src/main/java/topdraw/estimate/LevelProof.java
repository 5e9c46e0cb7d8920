package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import topdraw.theory.Finding;
import topdraw.theory.Finding.Role;
import topdraw.theory.Interval;
import topdraw.theory.KlBounds;
import topdraw.theory.KlGapBounds;
import topdraw.theory.LevelLimits;
import topdraw.theory.Pool;

/// What equal rewards prove of drift at one n, without a log-probability: other draws that meet the
/// winner's level show that it is likely, so the drift is less than the textbook says; pairs that
/// do not meet show that levels are unlikely, so it is not much less.
///
/// Source: ours, [topdraw.theory.LevelCertificate] and [KlGapBounds#upperFromCollisions].
final class LevelProof {
  private final int n;
  private final LevelLimits limits;
  private final Tally certificates = new Tally();
  private final Tally floors = new Tally();

  LevelProof(int n, LevelLimits limits) {
    this.n = n;
    this.limits = limits;
  }

  /// Adds a prompt, if it has draws beyond n to compare with.
  void add(Pool levels) {
    if (n < 2 || n >= levels.size()) {
      return;
    }
    certificates.add(OptionalDouble.of(levels.at(n).levelCertificate(limits)), levels.size());
    double floor =
        KlBounds.analytical(n) - KlGapBounds.upperFromCollisions(n, levels.levelCollisions());
    floors.add(OptionalDouble.of(floor), levels.size());
  }

  /// Bounds on the mean drift, those that say more than the textbook's and than that it is
  /// positive.
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (!certificates.complete()) {
      return findings;
    }
    double top = KlBounds.analytical(n);
    // A single certificate may exceed the textbook's bound by little more than the limits' chance.
    double upper =
        certificates.bound(Role.UPPER_BOUND, new Interval(0, top * (1 + 2 * limits.a())));
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
