package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.MachineCheck;
import topdraw.llama.MachineCheckup;
import topdraw.provider.Surroundings;
import topdraw.servers.Route;
import topdraw.servers.ServerCheckup;
import topdraw.servers.ServerProvider;
import topdraw.servers.ServerVerdict;
import topdraw.servers.http.ServerClient;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what Topdraw needs of this machine, what is missing, and how to mend it.",
      "",
      "Nothing is written and no network is used. Exit code 0 if all is well, 1 otherwise.",
      "",
      "With --server it asks that server instead, for at most 20 short completions, and says what"
          + " its log-probabilities are worth: whether bounds rest on them as they are, with a"
          + " margin, or not at all. Nothing is recorded. Exit code 0 if bounds may rest on them, 4"
          + " if only draws may be counted.",
      "",
      "An option is what the command line says; else TOPDRAW_<OPTION> of the environment"
          + " (--max-tokens is TOPDRAW_MAX_TOKENS); else topdraw/config.toml in XDG_CONFIG_HOME or"
          + " ~/.config, with lines like max-tokens = 64, or below [sample] for one command; else"
          + " its default. What is set, and where, is shown last.",
    },
    footer = {
      "",
      "Example: topdraw doctor",
      "         topdraw doctor --server http://127.0.0.1:8000 --model smollm2"
    })
final class DoctorCommand extends AnsweringCommand {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--settings",
      description = "List every option that can be set, also those that have their default.")
  boolean settings;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Say what a model server's log-probabilities are worth, as http://127.0.0.1:8000;"
              + " \"openai\" is OPENAI_BASE_URL, else OpenAI itself.")
  private @Nullable String server;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model's name on the server. May be left out where it has but one.")
  private @Nullable String model;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The server's key, in a file that only you can read; else OPENAI_API_KEY holds it.")
  private @Nullable Path keyFile;

  @Option(
      names = "--raw",
      description = "Ask the server to continue texts, as --raw has it drawn from.")
  private boolean raw;

  private final Map<String, String> environment;

  DoctorCommand() {
    this(System.getenv());
  }

  DoctorCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  private record Report(boolean ok, List<MachineCheck> checks, List<Shown> settings) {}

  @Override
  public Integer call() throws IOException {
    return server == null ? machine() : server(server);
  }

  private int server(String named) throws IOException {
    if (settings) {
      throw new InputException(
          Problem.CONFLICT, "--settings is about this program; leave it out with --server");
    }
    Surroundings surroundings = Surroundings.of(environment);
    String url = ServerProvider.address(named, surroundings);
    try (ServerClient client =
        ServerProvider.client(url, Optional.ofNullable(keyFile), Optional.empty(), surroundings)) {
      ServerVerdict verdict =
          new ServerVerdict(
              url,
              ServerCheckup.of(
                  client.telling(err()::println),
                  Optional.ofNullable(model),
                  raw ? Route.TEXT : Route.CHAT));
      answer(json, verdict::json, verdict::lines);
      return verdict.proves() ? 0 : UNMET;
    }
  }

  private int machine() {
    if (model != null || keyFile != null || raw) {
      throw new InputException(
          Problem.CONFLICT,
          (model != null ? "--model" : keyFile != null ? "--key-file" : "--raw")
              + " is about a server here; name one with --server");
    }
    Configuration configuration = Configuration.of(environment, root());
    List<MachineCheck> checks = new ArrayList<>(MachineCheckup.of(environment));
    checks.add(configuration.check());
    List<Shown> shown =
        Shown.of(configuration, root()).stream().filter(s -> settings || s.isSet()).toList();
    boolean ok = checks.stream().allMatch(MachineCheck::ok);
    answer(json, () -> new Report(ok, checks, shown), () -> lines(checks, shown));
    return ok ? 0 : 1;
  }

  private static List<String> lines(List<MachineCheck> checks, List<Shown> shown) {
    List<String> lines = new ArrayList<>();
    checks.forEach(check -> lines.addAll(check.lines()));
    shown.forEach(setting -> lines.add(setting.line()));
    return lines;
  }
}
