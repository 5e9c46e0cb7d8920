package topdraw.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.json.Json;
import topdraw.llama.store.ModelStore;

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
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--settings",
      description = "List every option that can be set, also those that have their default.")
  boolean settings;

  @Spec @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  DoctorCommand() {
    this(System.getenv());
  }

  DoctorCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  private record Report(boolean ok, List<Check> checks, List<Shown> settings) {}

  @Override
  public Integer call() {
    CommandSpec root = Objects.requireNonNull(spec).root();
    Configuration configuration = Configuration.of(environment, root);
    List<Check> checks =
        new ArrayList<>(Checkup.of(ModelStore.inUserCache(environment), environment));
    checks.add(Checkup.configuration(ConfigurationFile.path(environment), configuration.problem()));
    List<Shown> shown =
        Shown.of(configuration, root).stream().filter(s -> settings || s.isSet()).toList();
    boolean ok = checks.stream().allMatch(Check::ok);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) out.println(Json.line(new Report(ok, checks, shown)));
    else {
      checks.forEach(check -> print(out, check));
      shown.forEach(s -> out.printf("set  %-28s %s, from %s%n", s.option(), s.value(), s.origin()));
    }
    return ok ? 0 : 1;
  }

  private static void print(PrintWriter out, Check check) {
    out.printf("%-4s %-14s %s%n", check.ok() ? "ok" : "BAD", check.name(), check.detail());
    if (!check.ok()) out.printf("%-4s %-14s to mend it: %s%n", "", "", check.mend());
  }
}
