package topdraw.cli;

import java.io.PrintWriter;
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
import topdraw.llama.ModelStore;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what Topdraw needs of this machine, what is missing, and how to mend it.",
      "",
      "Nothing is written and no network is used. Exit code 0 if all is well, 1 otherwise.",
    },
    footer = {"", "Example: topdraw doctor"})
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  DoctorCommand() {
    this(System.getenv());
  }

  DoctorCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  private record Report(boolean ok, List<Check> checks) {}

  @Override
  public Integer call() {
    List<Check> checks = Checkup.of(ModelStore.inUserCache(environment), environment);
    boolean ok = checks.stream().allMatch(Check::ok);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) out.println(Json.line(new Report(ok, checks)));
    else checks.forEach(check -> print(out, check));
    return ok ? 0 : 1;
  }

  private static void print(PrintWriter out, Check check) {
    out.printf("%-4s %-14s %s%n", check.ok() ? "ok" : "BAD", check.name(), check.detail());
    if (!check.ok()) out.printf("%-4s %-14s to mend it: %s%n", "", "", check.mend());
  }
}
