package topdraw.theory.quantity;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// One quantity that can be asked for by its name. Inputs are names with commas between; `a|b`
/// takes one of the two.
///
/// @param name its name
/// @param inputs the names of what it takes
/// @param meaning what it is, in a few words
/// @param compute how it is computed
/// @param list whether it is a list of numbers
public record NamedQuantity(
    String name, String inputs, String meaning, Function<Inputs, double[]> compute, boolean list) {

  static NamedQuantity number(
      String name, String inputs, String meaning, ToDoubleFunction<Inputs> compute) {
    return new NamedQuantity(
        name, inputs, meaning, in -> new double[] {compute.applyAsDouble(in)}, false);
  }

  static NamedQuantity list(
      String name, String inputs, String meaning, Function<Inputs, double[]> compute) {
    return new NamedQuantity(name, inputs, meaning, compute, true);
  }

  /// The names of what it takes, both of those of which it takes one.
  ///
  /// @return the names
  public List<String> inputNames() {
    return List.of(inputs.split("[,|] *"));
  }

  /// Computes it.
  ///
  /// @param given its inputs
  /// @return its numbers, one unless [#list]
  /// @throws IllegalArgumentException if an input is missing, not known or out of range; the
  ///   message names it
  public double[] of(Inputs given) {
    given.onlyHas(inputNames());
    return compute.apply(given);
  }
}
