package topdraw.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import picocli.CommandLine;
import topdraw.file.Leftovers;

/// The process that a command runs in: its streams, in UTF-8 whatever the machine's locale, its end
/// by an interruption, and its exit code.
final class Program {
  /// What a shell says of a program that SIGPIPE ended.
  private static final int BROKEN_PIPE = 141;

  private Program() {}

  /// Runs one command and exits with its code.
  ///
  /// @param args the command line
  /// @param program makes the commands, given where answers and everything else go
  static void run(String[] args, BiFunction<PrintWriter, PrintWriter, CommandLine> program) {
    StandardError.takeBack();
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
      code = program.apply(writer(out), writer(err)).execute(args);
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
