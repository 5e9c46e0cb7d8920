package topdraw.plan;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What a prompt may cost, in a unit that draws are paid in.
///
/// @param unit tokens or seconds
/// @param most the mean cost of a prompt to keep to; empty where it does not matter
/// @param price the mean cost of a draw; empty where nothing was said of it
public record Budget(Parameter unit, OptionalDouble most, OptionalDouble price) {
  /// Checks the numbers.
  ///
  /// @throws InputException if one is not above 0
  public Budget {
    if (most.isPresent() && !(most.getAsDouble() > 0)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, unit, " must be above 0, was " + most.getAsDouble());
    }
    if (price.isPresent() && !(price.getAsDouble() > 0)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, unit, "-per-draw must be above 0, was " + price.getAsDouble());
    }
  }

  /// Whether draws have a price that somebody has yet to tell.
  ///
  /// @return true where there is a budget without a price
  public boolean needsPrice() {
    return most.isPresent() && price.isEmpty();
  }

  /// How many draws it pays for, on average.
  ///
  /// @param recorded the price of a draw, where none was said
  /// @return the number of draws; empty where there is no budget
  OptionalDouble draws(OptionalDouble recorded) {
    if (most.isEmpty()) {
      return OptionalDouble.empty();
    }
    double each =
        DoubleStream.concat(price.stream(), recorded.stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MISSING,
                        unit,
                        " needs the price of a draw: give ",
                        unit,
                        "-per-draw"));
    if (!(each > 0)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, unit, "-per-draw must be above 0, was " + each);
    }
    return OptionalDouble.of(most.getAsDouble() / each);
  }
}
