package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import topdraw.estimate.Column;
import topdraw.plan.PilotPlan.Step;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Where among the settings of a method the targets put it: at or above `least`, at or below
/// `largest`. Settings are tested in an order fixed beforehand, up to the first that fails.
///
/// @param tested the settings in rising order
/// @param targets what is wanted
/// @param certificate what bounds the means
/// @param least the least setting that certainly reaches the floors; the number of settings if none
/// @param largest the largest setting that certainly keeps to the ceilings; -1 if none
record FixedSequence(
    List<MeasuredSetting> tested,
    Targets targets,
    Certificate certificate,
    int least,
    int largest) {
  /// A gain in win rate that nobody would pay a draw for.
  private static final double NOTHING = 0.002;

  static FixedSequence of(List<MeasuredSetting> tested, Targets targets, Certificate certificate) {
    int size = tested.size();
    int least = 0;
    int largest = size - 1;
    if (targets.winRate().isPresent()) {
      double wanted = targets.winRate().getAsDouble();
      least =
          Math.max(
              least,
              Certificate.least(size, i -> certificate.winRate(tested.get(i)).value() >= wanted));
    }
    if (targets.reward().isPresent()) {
      double wanted = targets.reward().getAsDouble();
      least =
          Math.max(
              least,
              Certificate.least(size, i -> certificate.reward(tested.get(i)).value() >= wanted));
    }
    if (targets.kl().isPresent()) {
      largest =
          Math.min(
              largest,
              Certificate.largest(size, keeps(tested, certificate::kl, targets.klCeiling())));
    }
    if (targets.draws().isPresent()) {
      largest =
          Math.min(
              largest,
              Certificate.largest(size, keeps(tested, certificate::draws, targets.drawsCeiling())));
    }
    return new FixedSequence(tested, targets, certificate, least, largest);
  }

  private static IntPredicate keeps(
      List<MeasuredSetting> tested, Function<MeasuredSetting, Finding> bound, double ceiling) {
    return i -> bound.apply(tested.get(i)).value() <= ceiling * (1 + 1e-12);
  }

  boolean met() {
    return least <= largest && least < tested.size() && largest >= 0;
  }

  private boolean floor() {
    return targets.winRate().isPresent() || targets.reward().isPresent();
  }

  /// The setting to take, or the nearest to what was wanted.
  int chosen() {
    return Math.clamp(floor() ? least : largest, 0, tested.size() - 1);
  }

  /// The bounds that were tested come first. What was not tested is only estimated, since the
  /// setting was chosen after looking; the bound on drift of every reference policy always holds.
  Step certified(int i) {
    MeasuredSetting here = tested.get(i);
    List<Finding> findings = new ArrayList<>();
    targets.winRate().ifPresent(_ -> findings.add(certificate.winRate(here)));
    targets.reward().ifPresent(_ -> findings.add(certificate.reward(here)));
    findings.add(
        targets.kl().isPresent() ? certificate.kl(here) : Certificate.klOnEveryPolicy(here));
    if (targets.draws().isPresent() || here.setting() instanceof Setting.BestOfN) {
      findings.add(certificate.draws(here));
    }
    findings.addAll(here.estimates(certificate));
    return new Step(here.setting(), findings);
  }

  Step estimated(int i) {
    return new Step(tested.get(i).setting(), tested.get(i).estimates(certificate));
  }

  List<Unmet> unmet() {
    List<Unmet> unmet = new ArrayList<>();
    MeasuredSetting top = tested.getLast();
    if (least == tested.size() && targets.winRate().isPresent()) {
      double bound = certificate.winRate(top).value();
      floor(Quantity.WIN_RATE, targets.winRate().getAsDouble(), mean(top.winRates()), bound)
          .ifPresent(unmet::add);
    }
    if (least == tested.size() && targets.reward().isPresent()) {
      double bound = certificate.reward(top).value();
      floor(Quantity.REWARD, targets.reward().getAsDouble(), mean(top.rewards()), bound)
          .ifPresent(unmet::add);
    }
    if (largest < 0) {
      unmet.add(new Unmet.Ceilings());
    }
    if (unmet.isEmpty() && !met()) {
      unmet.add(
          new Unmet.Torn(
              tested.get(Math.min(least, tested.size() - 1)).setting(),
              tested.get(largest).setting()));
    }
    return unmet;
  }

  private Optional<Unmet> floor(Quantity quantity, double wanted, double reached, double bound) {
    return bound < wanted
        ? Optional.of(new Unmet.Floor(quantity, wanted, reached, bound, tested.getLast().setting()))
        : Optional.empty();
  }

  /// When the dearest recorded setting wins hardly more often than the chosen one.
  Optional<Saturation> saturation() {
    MeasuredSetting here = tested.get(chosen());
    MeasuredSetting top = tested.getLast();
    double gain = mean(top.winRates()) - mean(here.winRates());
    return chosen() == tested.size() - 1 || gain > NOTHING
        ? Optional.empty()
        : Optional.of(new Saturation(top.setting(), gain));
  }

  private static double mean(Column column) {
    return Arrays.stream(column.values()).average().orElseThrow();
  }
}
