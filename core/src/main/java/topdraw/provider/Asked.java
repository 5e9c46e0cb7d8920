package topdraw.provider;

import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What was asked for: `name` or `name:argument`.
///
/// @param spec all of it, as it was written
/// @param name what stands before the first colon
/// @param argument what stands after it; empty where there is no colon
public record Asked(String spec, String name, Optional<String> argument) {

  /// Takes apart what was asked for.
  ///
  /// @param spec as it was written
  /// @return its parts
  public static Asked of(String spec) {
    int colon = spec.indexOf(':');
    return colon < 0
        ? new Asked(spec, spec, Optional.empty())
        : new Asked(spec, spec.substring(0, colon), Optional.of(spec.substring(colon + 1)));
  }

  /// The argument of a thing that needs one.
  ///
  /// @param example how it is asked for, as `regex:^Paris`
  /// @return the argument, not empty
  /// @throws InputException if there is none
  public String required(String example) {
    return argument
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> new InputException(Problem.MISSING, name, " needs an argument, as in ", example));
  }

  /// Refuses an argument to a thing that takes none.
  ///
  /// @throws InputException if there is one
  public void requireNone() {
    if (argument.isPresent()) {
      throw new InputException(
          Problem.CONFLICT,
          name + " takes no argument, was given \"" + argument.get() + "\"; write just " + name);
    }
  }
}
