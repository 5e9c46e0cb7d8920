package topdraw.words;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import topdraw.plan.Method;
import topdraw.plan.PilotPlan;
import topdraw.plan.Saturation;
import topdraw.plan.Setting;
import topdraw.plan.SideBySide;
import topdraw.plan.Targets;
import topdraw.plan.Unmet;
import topdraw.plan.Unmet.Help;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Quantity;

/// Settings of methods, and what stands against targets, in words.
public final class PlanWords {
  private PlanWords() {}

  /// A setting.
  ///
  /// @param setting the setting
  /// @return such as `best of 9`
  public static String of(Setting setting) {
    return switch (setting) {
      case Setting.BestOfN(long n) -> "best of " + n;
      case Setting.EarlyStop(long cap, double z) ->
          "at most %d draws, stop in the top %s".formatted(cap, share(z));
      case Setting.StopAt(long cap, double threshold) ->
          "at most %d draws, stop at a reward of %s".formatted(cap, Digits.near(threshold));
      case Setting.RewindAndRepeat(double z) -> "draw until in the top " + share(z);
      case Setting.BestOfPoisson(double mu) -> "best of 1 + Poisson(" + Digits.near(mu) + ")";
    };
  }

  private static String share(double share) {
    return Digits.near(100 * share) + " %";
  }

  /// A setting with its method.
  ///
  /// @param setting the setting
  /// @return such as `best-of-n, best of 9`
  public static String named(Setting setting) {
    return setting.method().word() + ", " + of(setting);
  }

  /// The method of a comparison.
  ///
  /// @param tuned the method, set
  /// @return its name
  public static String method(SideBySide.Tuned tuned) {
    return switch (tuned) {
      case SideBySide.Tuned.Known(Setting setting) -> setting.method().word();
      case SideBySide.Tuned.Soft soft -> "soft best-of-n";
    };
  }

  /// The setting of a method of a comparison.
  ///
  /// @param tuned the method, set
  /// @return such as `one of 16 at temperature 2.5`
  public static String setting(SideBySide.Tuned tuned) {
    return switch (tuned) {
      case SideBySide.Tuned.Known(Setting setting) -> of(setting);
      case SideBySide.Tuned.Soft(int n, var temperature) ->
          temperature.isPresent()
              ? "one of %d at temperature %s".formatted(n, Digits.near(temperature.getAsDouble()))
              : "all rewards are equal";
    };
  }

  /// How a setting misses a target.
  ///
  /// @param quantity the quantity of the target
  /// @return a phrase
  public static String missed(Quantity quantity) {
    return switch (quantity) {
      case WIN_RATE -> "wins too rarely";
      case KL -> "drifts too far";
      case DRAWS -> "draws too many";
      default -> throw new IllegalArgumentException("no target is a " + quantity.word());
    };
  }

  /// Why no method can meet the targets.
  ///
  /// @param impossible what is wanted, and what it needs
  /// @return a sentence
  public static String of(Targets.OutOfReach impossible) {
    return "no method can: a win rate of %s needs at least %s nats of drift on every reference policy (theorem), more than the %s allowed"
        .formatted(
            Digits.near(impossible.winRate()),
            Digits.down(impossible.needed()),
            Digits.near(impossible.allowed()));
  }

  /// Why a method is not certain to meet its targets.
  ///
  /// @param unmet what stands against it
  /// @return a sentence, with what would help
  public static String of(Unmet unmet) {
    return of(unmet, true);
  }

  /// The same of a method of a plan.
  ///
  /// @param plan the plan
  /// @param option one of its methods
  /// @return sentences, with what would help unless nothing can
  public static List<String> unmet(PilotPlan plan, PilotPlan.Option option) {
    boolean impossible = plan.settings().targets().outOfReach().isPresent();
    return option.unmet().stream().map(unmet -> of(unmet, !impossible)).toList();
  }

  private static String of(Unmet unmet, boolean canBeHelped) {
    return switch (unmet) {
      case Unmet.Floor floor -> canBeHelped ? floor(floor) + "; " + of(floor.help()) : floor(floor);
      case Unmet.Ceilings ceilings ->
          "even its cheapest setting is not certain to keep to the ceilings";
      case Unmet.Torn(Setting needed, Setting allowed) ->
          "the floors need %s, the ceilings allow at most %s".formatted(of(needed), of(allowed));
      case Unmet.TooFewDraws(Method method) ->
          method == Method.BEST_OF_N
              ? "some prompt has a single draw; record at least two for each"
              : "some prompt has fewer than five draws; thresholds take half of them";
      case Unmet.OverPromptsOnly only ->
          "of given prompts only best-of-n is proven, and early stop where rewards are 0 and 1";
    };
  }

  private static String floor(Unmet.Floor floor) {
    String bound =
        floor.bound() == Double.NEGATIVE_INFINITY
            ? "nothing is certain of it"
            : "at least %s is certain, below %s"
                .formatted(Digits.down(floor.bound()), Digits.near(floor.wanted()));
    return "at %s the %s is about %s (estimate) and %s"
        .formatted(
            of(floor.dearest()),
            floor.quantity() == Quantity.REWARD
                ? "mean reward"
                : QuantityWords.of(floor.quantity()),
            Digits.near(floor.reached()),
            bound);
  }

  private static String of(Unmet.Help help) {
    return switch (help) {
      case Help.Scores scores -> "a draw without score can win: score every draw";
      case Help.StatedRange range ->
          "a reward whose range is not known can be guaranteed by no number of draws: state it"
              + " with --reward-range";
      case Help.OtherPrompts others ->
          "one prompt says nothing of others: record more prompts, or ask of this one alone with"
              + " --prompts fixed";
      case Help.MorePrompts(OptionalLong more) ->
          more.isPresent()
              ? "about %s like these would settle it (estimate)"
                  .formatted(Counted.of(more.getAsLong(), "more prompt"))
              : "more than 63 times as many prompts like these would be needed (estimate)";
      case Help.MoreDraws(long more) ->
          more > 0
              ? "about %s would settle it (estimate)".formatted(Counted.of(more, "more draw"))
              : "many more draws of these prompts would be needed";
      case Help.Above(OptionalDouble n) ->
          n.isPresent() && Double.isFinite(n.getAsDouble())
              ? "more draws of the kind do not settle it: about best of %.0f would reach it (estimate)"
                  .formatted(n.getAsDouble())
              : "the target is above what was seen: it needs a larger n than was recorded, unless"
                  + " equal rewards cap it";
      case Help.FirstSuccess(double below) ->
          "no draw succeeded: the rate of success is below %s with confidence 95 %%"
              .formatted(Digits.up(below));
    };
  }

  /// The setting that seems right, with how sure that is.
  ///
  /// @param guess the setting
  /// @param confidence of its ends
  /// @return such as `best of 139 (95 %: best of 48 to best of 672)`
  public static String of(PilotPlan.Guess guess, Confidence confidence) {
    String setting = of(guess.step().setting());
    return guess
        .n()
        .map(
            n ->
                "%s (%s: n from %.0f to %s)"
                    .formatted(
                        setting,
                        Percent.of(confidence.value()),
                        n.lower(),
                        Double.isFinite(n.upper()) ? "%.0f".formatted(n.upper()) : "infinity"))
        .orElse(setting);
  }

  /// That more draws cannot help.
  ///
  /// @param saturation by how much they would
  /// @return a sentence
  public static String of(Saturation saturation) {
    return "more samples cannot help: %s wins about %s more often (estimate)"
        .formatted(
            of(saturation.dearest()),
            saturation.gain() <= 0 ? "not" : Digits.near(saturation.gain()));
  }
}
