package topdraw.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import topdraw.file.Leftovers;
import topdraw.input.InputException;
import topdraw.llama.EngineException;
import topdraw.llama.ModelException;
import topdraw.reference.DrawFailedException;

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
      ColumnsCommand.class,
      AnalyzeCommand.class,
      ExportCommand.class,
      PlanCommand.class,
      MethodsCommand.class,
      ComputeCommand.class,
      ExactCommand.class,
      ConjectureCommand.class,
      ModelsCommand.class,
      DoctorCommand.class,
      FiguresCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      HelpPageCommand.class,
      CommandLine.HelpCommand.class
    },
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
      "Answers go to standard output, everything else to standard error. Any option can also be set by"
          + " TOPDRAW_<OPTION> or in topdraw/config.toml; topdraw doctor --help says how. NO_COLOR turns"
          + " colour off, TOPDRAW_CACHE says where models go.",
      "",
      "Example: topdraw quickstart"
    })
public final class Topdraw implements Runnable {
  /// What a shell says of a program that SIGPIPE ended.
  private static final int BROKEN_PIPE = 141;

  /// The exit code of what finished without all of it.
  static final int INCOMPLETE = 3;

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
                    err.println(
                        (Terminal.live() ? "\n" : "")
                            + "topdraw: interrupted; what was written so far stays");
                  }
                }));
    Thread.setDefaultUncaughtExceptionHandler(
        (_, e) -> {
          ended.countDown();
          System.exit(BugReport.of(e, List.of(args), writer(err)));
        });
    // Before this process has a folder there of its own.
    Leftovers.ofScratch(Path.of(System.getProperty("java.io.tmpdir")));
    int code;
    try {
      code = commandLine(writer(out), writer(err)).execute(args);
    } catch (Throwable e) { // before a command was found, or after it ended
      code = BugReport.of(e, List.of(args), writer(err));
    }
    ended.countDown();
    if (out.checkError() && readerIsGone()) {
      code = BROKEN_PIPE;
    } else if (out.checkError() && code == 0) {
      err.println("topdraw: cannot write to standard output; the device may be full");
      code = CommandLine.ExitCode.SOFTWARE;
    }
    System.exit(code);
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
    Topdraw topdraw = new Topdraw();
    CommandLine commandLine = new CommandLine(topdraw);
    BenchCommand.addOffered(commandLine);
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
            (e, command, parsed) -> failed(e, command, configuration, parsed.originalArgs()))
        .setParameterExceptionHandler((e, _) -> misused(e, configuration));
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

  /// One line that says what is wrong and how to mend it; 2 when the input was at fault.
  private static int failed(
      Exception e, CommandLine command, Configuration configuration, List<String> arguments) {
    PrintWriter err = command.getCommandSpec().root().commandLine().getErr();
    if (System.getenv("TOPDRAW_DEBUG") != null) {
      e.printStackTrace(err);
    }
    return switch (e) {
      case InputException wrong ->
          say(
              err,
              configuration.explain(wrong.message().in(OptionNames::of), command.getCommandSpec()),
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

  private static int misused(ParameterException e, Configuration configuration) {
    CommandLine command = e.getCommandLine();
    return say(
        command.getErr(),
        configuration.explain(message(e), command.getCommandSpec())
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help",
        CommandLine.ExitCode.USAGE);
  }

  private static int say(PrintWriter err, String message, int code) {
    err.println("topdraw: " + message);
    return code;
  }

  /// Whether whoever reads the answers has seen enough of them, as `head` has after some lines.
  private static boolean readerIsGone() {
    try (var probe = new FileOutputStream(FileDescriptor.out)) {
      probe.write('\n');
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("Broken pipe");
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
