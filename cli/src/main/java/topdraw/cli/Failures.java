package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import topdraw.input.InputException;
import topdraw.llama.engine.EngineException;
import topdraw.llama.file.ModelException;
import topdraw.reference.DrawFailedException;
import topdraw.words.Visible;

/// What a command that failed says: one line of what is wrong and how to mend it, and the exit
/// code.
final class Failures {
  private Failures() {}

  /// A command ended by throwing; 2 when the input was at fault.
  static int failed(
      Exception e, CommandLine command, Configuration configuration, List<String> arguments) {
    PrintWriter err = command.getCommandSpec().root().commandLine().getErr();
    if (System.getenv("TOPDRAW_DEBUG") != null) {
      e.printStackTrace(err);
    }
    return switch (e) {
      case InputException wrong ->
          say(
              err,
              explained(
                  wrong.message().in(OptionNames::of), command.getCommandSpec(), configuration),
              CommandLine.ExitCode.USAGE);
      case InvalidPathException _ ->
          say(
              err,
              "no path of a file: " + message(e) + "; give one that this system can name",
              CommandLine.ExitCode.USAGE);
      case CancellationException _ -> say(err, message(e), 130);
      case ModelException failed ->
          say(err, failed.message().in(OptionNames::of), CommandLine.ExitCode.SOFTWARE);
      case IOException _, UncheckedIOException _, EngineException _, DrawFailedException _ ->
          say(err, message(e), CommandLine.ExitCode.SOFTWARE);
      default -> BugReport.of(e, arguments, err);
    };
  }

  private static String message(Throwable e) {
    Throwable told = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return Objects.requireNonNullElse(told.getMessage(), told.toString());
  }

  /// A command could not be understood.
  static int misused(ParameterException e, Configuration configuration) {
    CommandLine command = e.getCommandLine();
    String complaint = Misspelling.explained(e).orElseGet(() -> message(e));
    return say(
        command.getErr(),
        explained(complaint, command.getCommandSpec(), configuration)
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help",
        CommandLine.ExitCode.USAGE);
  }

  /// Says it on one line, whatever the words of the command line that it repeats hold.
  private static int say(PrintWriter err, String message, int code) {
    err.println("topdraw: " + Visible.of(message).replace("\n", "\\n"));
    return code;
  }

  /// Says of a complaint about an option where its value came from, if not from the command line.
  private static String explained(
      String complaint, CommandSpec command, Configuration configuration) {
    ParseResult parsed = command.commandLine().getParseResult();
    String origins =
        String.join(
            ", ",
            command.options().stream()
                .filter(option -> speaksOf(complaint, option.longestName()))
                .filter(option -> parsed == null || !parsed.hasMatchedOption(option))
                .flatMap(option -> configuration.setting(option).stream())
                .filter(setting -> complaint.contains(setting.value()))
                .map(Configuration.Setting::origin)
                .toList());
    return origins.isEmpty() ? complaint : complaint + " (set by " + origins + ")";
  }

  private static boolean speaksOf(String complaint, String name) {
    return List.of(complaint.split("[\\s',;:=(]+")).contains(name);
  }
}
