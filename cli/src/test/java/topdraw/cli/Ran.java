package topdraw.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command did, run inside the test.
record Ran(int exitCode, String out, String err) {
  static Ran of(Object command, String... arguments) {
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
  static Ran topdraw(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Topdraw.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
