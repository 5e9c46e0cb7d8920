package topdraw.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program. Answers go to standard output, everything else to standard error.
@Command(
    name = "topdraw",
    description =
        "Best-of-n alignment of language models, with guarantees: draws n completions, returns the"
            + " best, and says how far the result drifted from the model.",
    versionProvider = Versions.class,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:the input or the usage was wrong",
      "3:finished, samples or scores are missing",
      "4:a target or guarantee asked for is not met, or a counterexample was found",
      "130:interrupted (143 by SIGTERM)"
    },
    footer = {
      "",
      "Answers go to standard output, everything else to standard error. Any option can also be set"
          + " by TOPDRAW_<OPTION> or in topdraw/config.toml; topdraw doctor --help says how."
          + " NO_COLOR turns colour off, TOPDRAW_CACHE says where models go.",
      "",
      "Example: topdraw quickstart"
    })
public final class Topdraw implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Only the answer: no progress, findings or notes on stderr. Errors stay.")
  private boolean quiet;

  private Topdraw() {}

  /// Runs one command and exits with its code.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    Program.run(args, (out, err) -> commandLine(out, err, System.getenv(), Commands.called(args)));
  }

  /// The whole command line, ready to execute, in the process's own environment.
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, System.getenv());
  }

  /// The whole command line, ready to execute.
  ///
  /// @param out where answers go
  /// @param err where everything else goes
  /// @param env the environment that options are looked up in
  /// @return the commands, those of the class path's benches among them
  public static CommandLine commandLine(PrintWriter out, PrintWriter err, Map<String, String> env) {
    return commandLine(out, err, env, Commands.all());
  }

  /// The command line with some of its commands, or all where the user's file is held to them.
  static CommandLine commandLine(
      PrintWriter out, PrintWriter err, Map<String, String> env, Commands wanted) {
    Topdraw topdraw = new Topdraw();
    CommandLine commandLine = new CommandLine(topdraw);
    (ConfigurationFile.mayBeThere(env) ? Commands.all() : wanted).addTo(commandLine);
    Configuration configuration = Configuration.of(env, commandLine.getCommandSpec());
    return commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExpandAtFiles(false) // a prompt may begin with @, and the file of that name be anything
        .setDefaultValueProvider(configuration)
        .setExecutionStrategy(parsed -> topdraw.execute(parsed, configuration))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                Failures.failed(e, command, configuration, parsed.originalArgs()))
        .setParameterExceptionHandler((e, _) -> Failures.misused(e, configuration));
  }

  private int execute(ParseResult parsed, Configuration configuration) {
    CommandLine command = parsed.asCommandLineList().getLast();
    boolean answersAnyway =
        command.isUsageHelpRequested()
            || command.isVersionHelpRequested()
            || command.getCommand() instanceof DoctorCommand;
    if (!answersAnyway && configuration.problem().isPresent()) {
      throw new ParameterException(command, configuration.problem().get());
    }
    command.getParseResult().matchedOptions().stream()
        .filter(option -> option.getValue() instanceof Collection<?> list && list.isEmpty())
        .findFirst()
        .ifPresent(
            option -> {
              throw new ParameterException(
                  command, "no value among the commas of " + option.longestName());
            });
    if (quiet && command.getParent() != null) {
      // A command writes its notes there; errors go to the program's own.
      command.setErr(new PrintWriter(Writer.nullWriter()));
      Terminal.silence();
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      return BugReport.of(e, parsed.originalArgs(), spec.commandLine().getErr());
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
