package topdraw.gateway.choose;

import java.util.List;
import topdraw.gateway.question.Method;
import topdraw.reward.PassFail;
import topdraw.reward.Reward;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;

/// How one answer will be chosen.
///
/// @param method the method's word
/// @param selection what it comes to
/// @param n how many completions it may draw, at most; of a random number the mean, rounded up
/// @param reward what scores them
/// @param warnings what is not as it was asked for
public record Plan(
    Method method, Selection selection, int n, Reward reward, List<String> warnings) {
  /// Copies the list.
  public Plan {
    warnings = List.copyOf(warnings);
  }

  /// Whether the reward says right or wrong, so that the best of n is the first that is right.
  ///
  /// @return true where drift can be told from the place of the first that passes
  public boolean passFail() {
    return PassFail.names(reward.name());
  }

  /// The most that the entry of one answer in the ledger can be ([Drifts]).
  ///
  /// @return in nats
  public double mostDrift() {
    return mostDrift(n);
  }

  /// The same of fewer completions.
  ///
  /// @param fewer how many
  /// @return in nats
  public double mostDrift(int fewer) {
    return switch (selection) {
      case Selection.BestOfPoisson(double mu) -> BestOfPoissonLaw.klContinuous(mu);
      case Selection.EarlyStop _ -> harmonic(fewer);
      case Selection.BestOfN _ when passFail() -> harmonic(fewer);
      case Selection.BestOfN _, Selection.SoftBestOfN _, Selection.RewindAndRepeat _ ->
          KlBounds.analytical(fewer);
    };
  }

  /// `H_{n-1}`, at least what best-of-n drifts.
  private static double harmonic(int n) {
    return n < 2 ? 0 : Math.max(Rewind.klEstimate(n), KlBounds.analytical(n));
  }

  /// The plan with fewer completions.
  ///
  /// @param fewer how many, from 1 to [#n]
  /// @param why what is told about it
  /// @return the plan
  public Plan with(int fewer, String why) {
    Selection less =
        switch (selection) {
          case Selection.BestOfN _ -> new Selection.BestOfN(fewer);
          case Selection.EarlyStop(double most, double threshold) ->
              new Selection.EarlyStop(fewer, threshold);
          case Selection.SoftBestOfN(int most, double temperature) ->
              new Selection.SoftBestOfN(fewer, temperature);
          case Selection.BestOfPoisson poisson -> poisson;
          case Selection.RewindAndRepeat rewind -> rewind;
        };
    java.util.ArrayList<String> more = new java.util.ArrayList<>(warnings);
    more.add(why);
    return new Plan(method, less, fewer, reward, more);
  }

  /// Whether fewer completions can be drawn and it is the same method.
  ///
  /// @return false where their number is left to chance
  public boolean canDrawFewer() {
    return !(selection instanceof Selection.BestOfPoisson);
  }
}
