package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import topdraw.estimate.Digits;
import topdraw.plan.PilotPlan.Step;
import topdraw.theory.finding.Finding;

/// Where on a ladder the targets put a method: at or above `least`, at or below `largest`.
///
/// @param rungs the settings in rising order
/// @param targets what is wanted
/// @param certificate what bounds the means
/// @param least the least setting that certainly reaches the floors; the number of rungs if none
/// @param largest the largest setting that certainly keeps to the ceilings; -1 if none
record Climb(
    List<Rung.Values> rungs, Targets targets, Certificate certificate, int least, int largest) {
  /// A gain in win rate that nobody would pay a draw for.
  private static final double NOTHING = 0.002;

  static Climb of(List<Rung.Values> rungs, Targets targets, Certificate certificate) {
    int size = rungs.size();
    int least = 0;
    int largest = size - 1;
    if (targets.winRate().isPresent()) {
      double wanted = targets.winRate().getAsDouble();
      least =
          Math.max(
              least,
              Certificate.least(size, i -> certificate.winRate(rungs.get(i)).value() >= wanted));
    }
    if (targets.reward().isPresent()) {
      double wanted = targets.reward().getAsDouble();
      least =
          Math.max(
              least,
              Certificate.least(size, i -> certificate.reward(rungs.get(i)).value() >= wanted));
    }
    if (targets.kl().isPresent()) {
      largest =
          Math.min(
              largest,
              Certificate.largest(size, keeps(rungs, certificate::kl, targets.klCeiling())));
    }
    if (targets.draws().isPresent()) {
      largest =
          Math.min(
              largest,
              Certificate.largest(size, keeps(rungs, certificate::draws, targets.drawsCeiling())));
    }
    return new Climb(rungs, targets, certificate, least, largest);
  }

  private static IntPredicate keeps(
      List<Rung.Values> rungs, Function<Rung.Values, Finding> bound, double ceiling) {
    return i -> bound.apply(rungs.get(i)).value() <= ceiling * (1 + 1e-12);
  }

  boolean met() {
    return least <= largest && least < rungs.size() && largest >= 0;
  }

  private boolean floor() {
    return targets.winRate().isPresent() || targets.reward().isPresent();
  }

  /// The rung to take, or the nearest to what was wanted.
  int chosen() {
    return Math.clamp(floor() ? least : largest, 0, rungs.size() - 1);
  }

  /// The bounds that were tested come first. What was not tested is only estimated, since the
  /// setting was chosen after looking; the bound on drift of every reference policy always holds.
  Step certified(int i) {
    Rung.Values rung = rungs.get(i);
    List<Finding> findings = new ArrayList<>();
    targets.winRate().ifPresent(_ -> findings.add(certificate.winRate(rung)));
    targets.reward().ifPresent(_ -> findings.add(certificate.reward(rung)));
    findings.add(
        targets.kl().isPresent() ? certificate.kl(rung) : Certificate.klOnEveryPolicy(rung));
    if (targets.draws().isPresent() || rung.setting() instanceof Setting.BestOfN) {
      findings.add(certificate.draws(rung));
    }
    findings.addAll(rung.estimates(certificate.drift()));
    return new Step(rung.setting(), findings);
  }

  Step estimated(int i) {
    return new Step(rungs.get(i).setting(), rungs.get(i).estimates(certificate.drift()));
  }

  List<String> unmet() {
    List<String> unmet = new ArrayList<>();
    Rung.Values top = rungs.getLast();
    if (least == rungs.size() && targets.winRate().isPresent()) {
      double wanted = targets.winRate().getAsDouble();
      double reached = mean(top.winRates());
      if (certificate.winRate(top).value() < wanted) {
        unmet.add(floorUnmet("win rate", wanted, reached, certificate.winRate(top).value(), top));
      }
    }
    if (least == rungs.size() && targets.reward().isPresent()) {
      double wanted = targets.reward().getAsDouble();
      double bound = certificate.reward(top).value();
      if (bound < wanted) {
        unmet.add(floorUnmet("mean reward", wanted, mean(top.rewards()), bound, top));
      }
    }
    if (largest < 0) {
      unmet.add("even its cheapest setting is not certain to keep to the ceilings");
    }
    if (unmet.isEmpty() && !met()) {
      unmet.add(
          "the floors need %s, the ceilings allow at most %s"
              .formatted(
                  rungs.get(Math.min(least, rungs.size() - 1)).setting().words(),
                  rungs.get(largest).setting().words()));
    }
    return unmet;
  }

  private static String floorUnmet(
      String name, double wanted, double reached, double bound, Rung.Values top) {
    return "at its dearest recorded setting, %s, the %s is about %s and at least %s, below %s; %s"
        .formatted(
            top.setting().words(),
            name,
            Digits.near(reached),
            Digits.down(bound),
            Digits.near(wanted),
            Double.isInfinite(reached)
                ? "a draw without score can win"
                : reached >= wanted
                    ? "more prompts narrow the interval"
                    : "more draws per prompt may reach it, unless equal rewards cap it");
  }

  /// When the dearest recorded setting wins hardly more often than the chosen one.
  Optional<String> saturation() {
    Rung.Values here = rungs.get(chosen());
    Rung.Values top = rungs.getLast();
    double gain = mean(top.winRates()) - mean(here.winRates());
    return chosen() == rungs.size() - 1 || gain > NOTHING
        ? Optional.empty()
        : Optional.of(
            "more samples cannot help: %s wins about %s more often (estimate)"
                .formatted(top.setting().words(), gain <= 0 ? "not" : Digits.near(gain)));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
