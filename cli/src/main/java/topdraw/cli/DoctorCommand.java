package topdraw.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topdraw.llama.MachineCheck;
import topdraw.llama.MachineCheckup;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what Topdraw needs of this machine, what is missing, and how to mend it.",
      "",
      "Nothing is written and no network is used. Exit code 0 if all is well, 1 otherwise.",
      "",
      "An option is what the command line says; else TOPDRAW_<OPTION> of the environment (--max-tokens"
          + " is TOPDRAW_MAX_TOKENS); else topdraw/config.toml in XDG_CONFIG_HOME or ~/.config, with"
          + " lines like max-tokens = 64, or below [sample] for one command; else its default."
          + " What is set, and where, is shown last.",
    },
    footer = {"", "Example: topdraw doctor"})
final class DoctorCommand extends AnsweringCommand {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--settings",
      description = "List every option that can be set, also those that have their default.")
  boolean settings;

  private final Map<String, String> environment;

  DoctorCommand() {
    this(System.getenv());
  }

  DoctorCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  private record Report(boolean ok, List<MachineCheck> checks, List<Shown> settings) {}

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(environment, root());
    List<MachineCheck> checks = new ArrayList<>(MachineCheckup.of(environment));
    checks.add(file(ConfigurationFile.path(environment), configuration.problem()));
    List<Shown> shown =
        Shown.of(configuration, root()).stream().filter(s -> settings || s.isSet()).toList();
    boolean ok = checks.stream().allMatch(MachineCheck::ok);
    answer(json, () -> new Report(ok, checks, shown), () -> lines(checks, shown));
    return ok ? 0 : 1;
  }

  private static MachineCheck file(Path file, Optional<String> problem) {
    String found = file + (Files.exists(file) ? " is read" : " is not there; none is needed");
    return MachineCheck.of(
        "settings file",
        problem.isEmpty(),
        problem.orElse(found),
        "correct the file, or delete it");
  }

  private static List<String> lines(List<MachineCheck> checks, List<Shown> shown) {
    List<String> lines = new ArrayList<>();
    for (MachineCheck check : checks) {
      String state = check.ok() ? "ok" : "BAD";
      lines.add("%-4s %-14s %s".formatted(state, check.name(), check.detail()));
      if (!check.ok()) {
        lines.add("%-4s %-14s to mend it: %s".formatted("", "", check.mend()));
      }
    }
    shown.forEach(
        s -> lines.add("set  %-28s %s, from %s".formatted(s.option(), s.value(), s.origin())));
    return lines;
  }
}
