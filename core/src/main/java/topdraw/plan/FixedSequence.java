package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import topdraw.estimate.Column;
import topdraw.plan.PilotPlan.Step;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Where among the settings of a method the targets put it: at or above `least`, at or below
/// `largest`. Settings are tested in an order fixed beforehand, up to the first that fails; floors
/// from the dearest that could pass. What is certain without a look at the draws is no test.
///
/// @param tested the settings in rising order
/// @param targets what is wanted
/// @param certificate what bounds the means
/// @param leastWinRate the least setting that certainly reaches the win rate; the number of
///   settings if none
/// @param leastReward the least setting that certainly reaches the reward; the same
/// @param largest the largest setting that certainly keeps to the ceilings; -1 if none
record FixedSequence(
    List<MeasuredSetting> tested,
    Targets targets,
    Certificate certificate,
    int leastWinRate,
    int leastReward,
    int largest) {
  /// A gain in win rate that nobody would pay a draw for.
  private static final double NOTHING = 0.002;

  private static final double ROUNDING = 1 + 1e-12;

  static FixedSequence of(List<MeasuredSetting> tested, Targets targets, Certificate certificate) {
    int size = tested.size();
    int largest = size - 1;
    if (targets.kl().isPresent()) {
      double ceiling = targets.klCeiling() * ROUNDING;
      largest =
          Math.min(
              largest,
              Certificate.largest(
                  size,
                  i ->
                      KlBounds.analytical((double) tested.get(i).n()) <= ceiling
                          || certificate.kl(tested.get(i)).value() <= ceiling));
    }
    if (targets.draws().isPresent()) {
      double ceiling = targets.drawsCeiling() * ROUNDING;
      largest =
          Math.min(
              largest,
              Certificate.largest(
                  size,
                  i ->
                      tested.get(i).n() <= ceiling
                          || certificate.draws(tested.get(i)).value() <= ceiling));
    }
    return new FixedSequence(
        tested,
        targets,
        certificate,
        floor(tested, Quantity.WIN_RATE, targets.winRate(), certificate, certificate::winRate),
        floor(tested, Quantity.REWARD, targets.reward(), certificate, certificate::reward),
        largest);
  }

  private static int floor(
      List<MeasuredSetting> tested,
      Quantity quantity,
      OptionalDouble target,
      Certificate certificate,
      Function<MeasuredSetting, Finding> bound) {
    if (target.isEmpty()) {
      return 0;
    }
    double wanted = target.getAsDouble();
    int could = tested.size();
    while (could > 0 && !certificate.couldReach(quantity, tested.get(could - 1), wanted)) {
      could--;
    }
    IntPredicate passes = i -> bound.apply(tested.get(i)).value() >= wanted;
    int least = Certificate.least(could, passes);
    return least == could ? tested.size() : least;
  }

  private int least() {
    return Math.max(leastWinRate, leastReward);
  }

  boolean met() {
    return least() <= largest && least() < tested.size() && largest >= 0;
  }

  private boolean floor() {
    return targets.winRate().isPresent() || targets.reward().isPresent();
  }

  /// The setting to take, or the nearest to what was wanted.
  int chosen() {
    return Math.clamp(floor() ? least() : largest, 0, tested.size() - 1);
  }

  /// The bounds that were tested come first. What was not tested is only estimated, since the
  /// setting was chosen after looking; the bound on drift of every reference policy always holds.
  Step certified(int i) {
    MeasuredSetting here = tested.get(i);
    List<Finding> findings = new ArrayList<>();
    // Both rise with n, so what holds at a cheaper setting that passed holds here.
    targets
        .winRate()
        .ifPresent(w -> findings.add(reached(certificate::winRate, here, leastWinRate, w)));
    targets
        .reward()
        .ifPresent(r -> findings.add(reached(certificate::reward, here, leastReward, r)));
    findings.add(klProven(here));
    if (targets.draws().isPresent() || !here.stops()) {
      findings.add(certificate.draws(here));
    }
    certificate.estimates(here).stream()
        .filter(estimate -> findings.stream().allMatch(proven -> agrees(estimate, proven)))
        .forEach(findings::add);
    return new Step(here.setting(), findings);
  }

  private Finding reached(
      Function<MeasuredSetting, Finding> bound, MeasuredSetting here, int least, double wanted) {
    Finding found = bound.apply(here);
    return found.value() >= wanted ? found : bound.apply(tested.get(least));
  }

  /// Where every policy keeps to the ceiling, or no ceiling is, no draw was asked.
  private Finding klProven(MeasuredSetting here) {
    Finding certain = Certificate.klOnEveryPolicy(here);
    return targets.kl().isEmpty() || certain.value() <= targets.klCeiling() * ROUNDING
        ? certain
        : certificate.kl(here);
  }

  /// An estimate that contradicts a theorem beside it is not told.
  private static boolean agrees(Finding estimate, Finding proven) {
    if (estimate.quantity() != proven.quantity()) {
      return true;
    }
    return switch (proven.role()) {
      case UPPER_BOUND -> estimate.value() <= proven.value();
      case LOWER_BOUND -> estimate.value() >= proven.value();
      case VALUE -> true;
    };
  }

  Step estimated(int i) {
    return new Step(tested.get(i).setting(), certificate.estimates(tested.get(i)));
  }

  /// The least setting that meets every target as far as is estimated.
  Optional<Step> guess() {
    return tested.stream()
        .filter(this::seemsToMeet)
        .findFirst()
        .map(here -> new Step(here.setting(), certificate.estimates(here)));
  }

  private boolean seemsToMeet(MeasuredSetting here) {
    return (targets.winRate().isEmpty() || mean(here.winRates()) >= targets.winRate().getAsDouble())
        && (targets.reward().isEmpty() || mean(here.rewards()) >= targets.reward().getAsDouble())
        && (targets.kl().isEmpty()
            || Math.min(KlBounds.analytical((double) here.n()), certificate.kl(here).value())
                <= targets.klCeiling() * ROUNDING)
        && (targets.draws().isEmpty()
            || (here.stops() ? mean(here.draws()) : here.n()) <= targets.drawsCeiling() * ROUNDING);
  }

  List<Unmet> unmet() {
    List<Unmet> unmet = new ArrayList<>();
    int size = tested.size();
    if (leastWinRate == size && targets.winRate().isPresent()) {
      unmet.add(floor(Quantity.WIN_RATE, targets.winRate().getAsDouble()));
    }
    if (leastReward == size && targets.reward().isPresent()) {
      unmet.add(floor(Quantity.REWARD, targets.reward().getAsDouble()));
    }
    if (largest < 0) {
      unmet.add(new Unmet.Ceilings());
    }
    if (unmet.isEmpty() && !met()) {
      unmet.add(
          new Unmet.Torn(
              tested.get(Math.min(least(), size - 1)).setting(), tested.get(largest).setting()));
    }
    return unmet;
  }

  /// Told of the dearest setting that could have passed.
  private Unmet floor(Quantity quantity, double wanted) {
    MeasuredSetting top =
        tested.reversed().stream()
            .filter(one -> certificate.couldReach(quantity, one, wanted))
            .findFirst()
            .orElse(tested.getLast());
    Finding bound =
        quantity == Quantity.WIN_RATE ? certificate.winRate(top) : certificate.reward(top);
    double reached = mean(quantity == Quantity.WIN_RATE ? top.winRates() : top.rewards());
    return new Unmet.Floor(
        quantity,
        wanted,
        reached,
        bound.value(),
        top.setting(),
        certificate.help(quantity, top, wanted, reached));
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
