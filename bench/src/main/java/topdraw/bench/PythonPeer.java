package topdraw.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A script of this package in a Python process of its own, started once, so that neither its start
/// nor what it reads first is timed.
///
/// The script greets with one line: what it is, with its versions, or `missing` and the modules
/// that it lacks. Then it answers every line that it is sent with one line of numbers.
final class PythonPeer implements AutoCloseable {
  private static final String MISSING = "missing";

  private final String script;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final String greeting;

  private PythonPeer(String script, Process process) throws IOException {
    this.script = script;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    greeting = line();
  }

  /// Starts a script and waits for its greeting.
  ///
  /// @param python the interpreter
  /// @param script the script's name
  /// @param arguments of the script
  /// @throws IOException if there is no such interpreter, or it ends before it greets
  static PythonPeer start(String python, String script, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python, "-c", text(script)));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // numpy's dot products know threads, which keep a core busy long after them.
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    Process process = builder.start();
    try {
      return new PythonPeer(script, process);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  /// The text of a script of this package.
  static String text(String script) throws IOException {
    try (InputStream in = PythonPeer.class.getResourceAsStream(script)) {
      return new String(Objects.requireNonNull(in, script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Whether Python lacks what the script needs; then it has ended, and its name says what.
  boolean missing() {
    return greeting.startsWith(MISSING);
  }

  /// Name and version of what answers.
  String name() {
    return greeting;
  }

  /// One round.
  ///
  /// @return the numbers of the answer
  /// @throws IOException if the script ends without one
  double[] ask() throws IOException {
    questions.write("\n");
    questions.flush();
    return Arrays.stream(line().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(script + " ended without an answer; what it said stands above");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    answers.close();
  }
}
