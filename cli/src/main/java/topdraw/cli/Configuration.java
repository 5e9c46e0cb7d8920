package topdraw.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import topdraw.input.InputException;
import topdraw.llama.MachineCheck;

/// What an option is where the command line leaves it open: the environment's `TOPDRAW_<OPTION>`,
/// else the user's file, else the option's own default. Every option of every command takes part.
final class Configuration implements IDefaultValueProvider {
  /// A value and where it came from.
  record Setting(String value, String origin) {}

  private final Map<String, String> environment;
  private final Optional<ConfigurationFile> file;
  private final String problem;

  private Configuration(
      Map<String, String> environment, Optional<ConfigurationFile> file, String problem) {
    this.environment = Map.copyOf(environment);
    this.file = file;
    this.problem = problem;
  }

  /// Reads the file. What is wrong with it is kept, so that help and doctor still answer.
  static Configuration of(Map<String, String> environment, CommandSpec root) {
    try {
      ConfigurationFile file = ConfigurationFile.read(environment);
      file.check(keys(root), withoutBenches(root) ? BenchCommand.NAME + "." : "");
      return new Configuration(environment, Optional.of(file), "");
    } catch (InputException e) {
      return new Configuration(environment, Optional.empty(), e.message().in(OptionNames::of));
    }
  }

  /// A file that sets options of benches is as good where they are not on the class path.
  private static boolean withoutBenches(CommandSpec root) {
    CommandLine bench = root.subcommands().get(BenchCommand.NAME);
    return bench != null && bench.getSubcommands().isEmpty();
  }

  /// What is wrong with the file, in one line; empty if nothing is.
  Optional<String> problem() {
    return Optional.of(problem).filter(words -> !words.isEmpty());
  }

  /// The file among what is looked at of the machine.
  MachineCheck check() {
    Path path = ConfigurationFile.path(environment);
    String found = path + (Files.exists(path) ? " is read" : " is not there; none is needed");
    return MachineCheck.of(
        "settings file",
        problem.isEmpty(),
        problem.isEmpty() ? found : problem,
        "correct the file, or delete it");
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? setting(option).map(Setting::value).orElse(null)
        : null;
  }

  /// The value from the environment or the file; empty where the option's own default holds.
  Optional<Setting> setting(OptionSpec option) {
    if (!configurable(option)) {
      return Optional.empty();
    }
    String variable = variable(option);
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(value -> new Setting(value, variable))
        .or(() -> file.flatMap(known -> fromFile(known, option)));
  }

  private static Optional<Setting> fromFile(ConfigurationFile file, OptionSpec option) {
    return Stream.of(path(option.command()) + key(option), key(option))
        .flatMap(
            key ->
                Optional.ofNullable(file.values().get(key)).stream()
                    .map(value -> new Setting(value, file.path() + " (" + key + ")")))
        .findFirst();
  }

  static boolean configurable(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.hidden();
  }

  /// `--max-tokens` is `TOPDRAW_MAX_TOKENS`.
  static String variable(OptionSpec option) {
    return "TOPDRAW_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// `--max-tokens` is `max-tokens`.
  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /// `topdraw bench engine` is `bench.engine.`, the program itself nothing.
  private static String path(CommandSpec command) {
    CommandSpec parent = command.parent();
    return parent == null ? "" : path(parent) + command.name() + ".";
  }

  private static Collection<String> keys(CommandSpec root) {
    Set<String> keys = new LinkedHashSet<>();
    commands(root)
        .flatMap(command -> command.options().stream())
        .filter(Configuration::configurable)
        .forEach(
            option -> {
              keys.add(key(option));
              keys.add(path(option.command()) + key(option));
            });
    return keys;
  }

  /// A command and all below it, each once.
  static Stream<CommandSpec> commands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .distinct()
            .map(CommandLine::getCommandSpec)
            .flatMap(Configuration::commands));
  }
}
