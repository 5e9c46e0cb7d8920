package topdraw.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// One quantity that `topdraw compute` knows. Inputs are names with commas between; `a|b` takes one
/// of the two.
///
/// @param name its name
/// @param inputs the names of what it takes
/// @param meaning what it is, in a few words
/// @param compute how it is computed
/// @param list whether it is a list of numbers
record Quantity(
    String name, String inputs, String meaning, Function<Inputs, double[]> compute, boolean list) {

  static Quantity number(
      String name, String inputs, String meaning, ToDoubleFunction<Inputs> compute) {
    return new Quantity(
        name, inputs, meaning, in -> new double[] {compute.applyAsDouble(in)}, false);
  }

  static Quantity list(
      String name, String inputs, String meaning, Function<Inputs, double[]> compute) {
    return new Quantity(name, inputs, meaning, compute, true);
  }

  List<String> inputNames() {
    return List.of(inputs.split("[,|] *"));
  }

  double[] of(Inputs given) {
    given.onlyHas(inputNames());
    return compute.apply(given);
  }
}
