package topdraw.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topdraw.llama.ModelException;

/// The program. Answers go to standard output, everything else to standard error.
@Command(
    name = "topdraw",
    description =
        "Best-of-n alignment of language models, with guarantees: draws n completions, returns the"
            + " best, and says how far the result drifted from the model.",
    subcommands = {
      QuickstartCommand.class,
      SampleCommand.class,
      RunCommand.class,
      ScoreCommand.class,
      CompareCommand.class,
      AnalyzeCommand.class,
      ComputeCommand.class,
      ModelsCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    },
    versionProvider = Versions.class,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:the input or the usage was wrong",
      "3:finished, samples are missing",
      "130:interrupted"
    },
    footer = {"", "Start with: topdraw quickstart"})
public final class Topdraw implements Runnable {
  @Spec private CommandSpec spec;

  private Topdraw() {}

  /// Runs one command and exits with its code.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    System.setOut(out);
    System.setErr(err);
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ended.getCount() > 0 && !Interruption.end(command, ended)) {
                    err.println("\ntopdraw: interrupted; what was written so far stays");
                  }
                }));
    int code = commandLine(writer(out), writer(err)).execute(args);
    ended.countDown();
    if (out.checkError() && code == 0) {
      err.println("topdraw: cannot write to standard output; the device may be full");
      code = CommandLine.ExitCode.SOFTWARE;
    }
    System.exit(code);
  }

  /// The whole command line, ready to execute.
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(new Topdraw());
    commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((e, command, _) -> failed(e, command))
        .setParameterExceptionHandler((e, _) -> misused(e));
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// One line that says what is wrong and how to mend it; 2 when the input was at fault.
  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (System.getenv("TOPDRAW_DEBUG") != null) {
      e.printStackTrace(err);
    }
    return switch (e) {
      case IllegalArgumentException _ -> say(err, message(e), CommandLine.ExitCode.USAGE);
      case CancellationException _ -> say(err, message(e), 130);
      case IOException _, UncheckedIOException _, ModelException _ ->
          say(err, message(e), CommandLine.ExitCode.SOFTWARE);
      default ->
          say(
              err,
              message(e) + " (" + e.getClass().getSimpleName() + "; TOPDRAW_DEBUG=1 shows where)",
              CommandLine.ExitCode.SOFTWARE);
    };
  }

  private static String message(Throwable e) {
    Throwable told = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return Objects.requireNonNullElse(told.getMessage(), told.toString());
  }

  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    return say(
        command.getErr(),
        message(e) + "; see " + command.getCommandSpec().qualifiedName() + " --help",
        CommandLine.ExitCode.USAGE);
  }

  private static int say(PrintWriter err, String message, int code) {
    err.println("topdraw: " + message);
    return code;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
