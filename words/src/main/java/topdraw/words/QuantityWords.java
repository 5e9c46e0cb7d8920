package topdraw.words;

import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Unit;

/// What quantities and units are called.
public final class QuantityWords {
  private QuantityWords() {}

  /// A quantity where there is room for words.
  ///
  /// @param quantity the quantity
  /// @return such as `KL divergence` or `early stop win rate`
  public static String of(Quantity quantity) {
    return switch (quantity) {
      case KL -> "KL divergence";
      case WIN_RATE -> "win rate";
      case EXPECTED_REWARD -> "mean reward";
      case EXPECTED_DRAWS -> "mean draws";
      case KL_ESTIMATOR_SD -> "sd of (25)";
      case WIN_SHARE -> "win share";
      case REWARD_DIFFERENCE -> "reward change";
      case LENGTH_DIFFERENCE -> "length change";
      case EARLY_STOP_KL -> "early stop KL";
      case REWIND_KL -> "rewind KL";
      case PEAK_KL -> "peak KL";
      case GOLD_OVER_PLAIN -> "gold over plain best-of-n";
      case TAIL_SLOPE -> "slope of gold on proxy";
      case TAIL_INDEX -> "tail index of proxy";
      case UNIFORM_DRAWS -> "best-of-n at the same reward";
      case PASS_AT_K -> "pass@n";
      case PASS_HAT_K -> "pass^n";
      case G_PASS_AT_K -> "G-pass@n";
      case MAJ_AT_K -> "maj@n";
      default -> quantity.word().replace('_', ' ');
    };
  }

  /// The unit after a number; a probability needs none, nor does a plain number.
  ///
  /// @param unit the unit
  /// @return a space and its word, or nothing
  public static String after(Unit unit) {
    return unit == Unit.PROBABILITY || unit == Unit.NUMBER ? "" : " " + unit.word();
  }
}
