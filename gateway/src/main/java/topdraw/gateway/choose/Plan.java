package topdraw.gateway.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import topdraw.gateway.question.Method;
import topdraw.reward.PassFail;
import topdraw.reward.Reward;
import topdraw.theory.law.Selection;

/// How one answer will be chosen.
///
/// @param method the method's word
/// @param selection what it comes to
/// @param n how many completions it may draw, at most; of a random number the mean, rounded up
/// @param blockTokens the tokens of a block, where the answer is chosen block by block
/// @param reward what scores them
/// @param warnings what is not as it was asked for
public record Plan(
    Method method,
    Selection selection,
    int n,
    OptionalInt blockTokens,
    Reward reward,
    List<String> warnings) {
  /// Copies the list.
  public Plan {
    warnings = List.copyOf(warnings);
  }

  /// Whether drift can be told from the place of the first candidate that is enough: an early stop,
  /// or a reward that says right or wrong, by which the best of n is the first that is right.
  ///
  /// @return false where only the probability of the answer tells
  public boolean tellsByPlace() {
    if (blockTokens.isPresent()) return false;
    return selection instanceof Selection.EarlyStop
        || (selection instanceof Selection.BestOfN && PassFail.names(reward.name()));
  }

  /// A plan of whole completions.
  ///
  /// @param method the method's word
  /// @param selection what it comes to
  /// @param n how many completions it may draw, at most
  /// @param reward what scores them
  /// @param warnings what is not as it was asked for
  public Plan(Method method, Selection selection, int n, Reward reward, List<String> warnings) {
    this(method, selection, n, OptionalInt.empty(), reward, warnings);
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
    List<String> more = new ArrayList<>(warnings);
    more.add(why);
    return new Plan(method, less, fewer, blockTokens, reward, more);
  }

  /// Whether fewer completions can be drawn and it is the same method.
  ///
  /// @return false where their number is left to chance
  public boolean canDrawFewer() {
    return !(selection instanceof Selection.BestOfPoisson);
  }
}
