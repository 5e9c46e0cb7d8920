package topdraw.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// One option of one command, as `topdraw doctor` shows it.
///
/// @param option the command and its option
/// @param value what it is when the command line does not say
/// @param origin the variable or file that says so, or `default`
record Shown(String option, String value, String origin) {
  private static final String DEFAULT = "default";

  static List<Shown> of(Configuration configuration, CommandSpec root) {
    return Configuration.commands(root)
        .filter(command -> !command.usageMessage().hidden())
        .flatMap(command -> command.options().stream())
        .filter(Configuration::configurable)
        .filter(option -> !option.inherited())
        .map(option -> shown(option, configuration))
        .toList();
  }

  private static Shown shown(OptionSpec option, Configuration configuration) {
    String name = option.command().qualifiedName() + " " + option.longestName();
    return configuration
        .setting(option)
        .map(setting -> new Shown(name, setting.value(), setting.origin()))
        .orElseGet(() -> new Shown(name, own(option), DEFAULT));
  }

  private static String own(OptionSpec option) {
    String value = option.defaultValue();
    return value != null ? value : option.typeInfo().isBoolean() ? "false" : "-";
  }

  String line() {
    return "set  %-28s %s, from %s".formatted(option, value, origin);
  }

  boolean isSet() {
    return !origin.equals(DEFAULT);
  }
}
