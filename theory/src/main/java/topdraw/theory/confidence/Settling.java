package topdraw.theory.confidence;

/// What would settle a guarantee that the draws at hand do not prove: an *estimate*, if what comes
/// is like what came.
public sealed interface Settling {

  /// More of the same would do.
  ///
  /// @param more about how many more, draws or prompts
  record More(long more) implements Settling {}

  /// No number would do: the target is above what was seen.
  ///
  /// @param n about how many draws per prompt would reach the target, `∞` for none
  record OutOfReach(double n) implements Settling {}

  /// Nothing succeeded yet.
  ///
  /// @param rateBelow the rate of success is below this with confidence 95 %, `3/T`
  record NoSuccess(double rateBelow) implements Settling {}
}
