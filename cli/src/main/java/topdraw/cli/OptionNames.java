package topdraw.cli;

import topdraw.input.Parameter;

/// What the command line calls what can be set.
final class OptionNames {
  private OptionNames() {}

  /// The option of a parameter, as `--reward`.
  static String of(Parameter parameter) {
    return switch (parameter) {
      case N -> "-n";
      case OUTPUT -> "-o";
      default -> "--" + parameter.word();
    };
  }
}
