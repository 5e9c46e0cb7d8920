package topdraw.plan;

import topdraw.theory.finding.Quantity;

/// Why a method is not certain to meet its targets.
public sealed interface Unmet {
  /// Even the dearest recorded setting does not certainly reach a floor.
  ///
  /// @param quantity the win rate or the reward
  /// @param wanted the floor
  /// @param reached what the setting reaches, as estimated; `-∞` where a draw without score can win
  /// @param bound what it certainly reaches
  /// @param dearest the setting
  record Floor(Quantity quantity, double wanted, double reached, double bound, Setting dearest)
      implements Unmet {
    /// What would help.
    ///
    /// @return the least that could
    public Help help() {
      if (Double.isInfinite(reached)) {
        return Help.SCORES;
      }
      return reached >= wanted ? Help.MORE_PROMPTS : Help.MORE_DRAWS;
    }
  }

  /// What may lift a bound over a floor.
  enum Help {
    /// A score of every draw.
    SCORES,
    /// More prompts: the estimate is high enough, its bound is not.
    MORE_PROMPTS,
    /// More draws of each prompt, unless equal rewards cap what can be reached.
    MORE_DRAWS
  }

  /// Even the cheapest setting may break a ceiling.
  record Ceilings() implements Unmet {}

  /// The floors need more than the ceilings allow.
  ///
  /// @param needed the least setting that reaches the floors
  /// @param allowed the largest that keeps to the ceilings
  record Torn(Setting needed, Setting allowed) implements Unmet {}

  /// Some prompt has too few draws for any setting.
  ///
  /// @param method the method
  record TooFewDraws(Method method) implements Unmet {}
}
