package topdraw.selection;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.law.Selection;

/// How a person asks for an answer to be chosen among what is drawn: some settings, of which not
/// all go together.
///
/// @param n completions to draw; empty for [#USUAL]
/// @param threshold the reward that ends the drawing
/// @param rewind whether the drawing goes on until the threshold is reached, without a cap
/// @param soft the temperature of soft best-of-n
/// @param poisson the mean of best-of-Poisson, in the place of n
public record SelectionRequest(
    OptionalInt n,
    OptionalDouble threshold,
    boolean rewind,
    OptionalDouble soft,
    OptionalDouble poisson) {
  /// Completions drawn where nothing is said.
  public static final int USUAL = 16;

  /// A round keeps all its candidates in memory; more draws than this are a recorded run. A Poisson
  /// law of half that mean all but never goes beyond.
  public static final int MOST_DRAWS = 16_384;

  /// The selection asked for.
  ///
  /// @return the selection
  /// @throws InputException if a setting is out of range, or two do not go together
  public Selection selection() {
    if (rewind && threshold.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          Parameter.REWIND,
          " needs ",
          Parameter.THRESHOLD,
          ", the reward to wait for");
    }
    Optional<Parameter> stops =
        threshold.isPresent() ? Optional.of(Parameter.THRESHOLD) : Optional.empty();
    if (poisson.isPresent()) {
      alone(
          Parameter.POISSON,
          n.isPresent()
              ? Optional.of(Parameter.N)
              : soft.isPresent() ? Optional.of(Parameter.SOFT) : stops);
      return new Selection.BestOfPoisson(
          above0(poisson.getAsDouble(), MOST_DRAWS / 2.0, Parameter.POISSON));
    }
    if (soft.isPresent()) {
      alone(Parameter.SOFT, stops);
      return new Selection.SoftBestOfN(
          draws(), above0(soft.getAsDouble(), Double.MAX_VALUE, Parameter.SOFT));
    }
    if (threshold.isEmpty()) {
      return new Selection.BestOfN(draws());
    }
    double reached = threshold.getAsDouble();
    if (Double.isNaN(reached)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, Parameter.THRESHOLD, " must be a number, was NaN");
    }
    return rewind
        ? new Selection.RewindAndRepeat(reached)
        : new Selection.EarlyStop(draws(), reached);
  }

  private static void alone(Parameter one, Optional<Parameter> other) {
    if (other.isPresent()) {
      throw new InputException(
          Problem.CONFLICT, one, " and ", other.get(), " are two ways to choose; give one of them");
    }
  }

  private static double above0(double value, double most, Parameter parameter) {
    if (!(value > 0 && value <= most)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          parameter,
          " must be above 0 and "
              + (most == Double.MAX_VALUE ? "finite" : "at most " + (int) most)
              + ", was "
              + value);
    }
    return value;
  }

  private int draws() {
    int draws = n.orElse(USUAL);
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          Parameter.N,
          " counts completions, from 1 to " + MOST_DRAWS + ", was " + draws);
    }
    return draws;
  }

  /// How many draws a selection makes, for who watches: a guess where chance decides.
  ///
  /// @param selection the selection
  /// @return their number; 0 where nobody can tell
  public static int foreseen(Selection selection) {
    return switch (selection) {
      case Selection.BestOfN(double n) -> (int) n;
      case Selection.EarlyStop(double n, double threshold) -> (int) n;
      case Selection.SoftBestOfN(int n, double temperature) -> n;
      case Selection.BestOfPoisson(double mu) -> 1 + (int) Math.ceil(mu);
      case Selection.RewindAndRepeat rewind -> 0;
    };
  }
}
