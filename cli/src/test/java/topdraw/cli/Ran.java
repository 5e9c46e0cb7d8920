package topdraw.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command did, run inside the test.
///
/// @param exitCode its exit code
/// @param out its standard output
/// @param err its standard error
public record Ran(int exitCode, String out, String err) {
  /// One command, alone.
  ///
  /// @param command the picocli command
  /// @param arguments what follows its name
  /// @return what it did
  public static Ran of(Object command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  /// The whole program, told what to do as on a command line.
  ///
  /// @param arguments the command line
  /// @return what it did
  public static Ran topdraw(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
