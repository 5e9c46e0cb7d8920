package topdraw.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/// One Python process that answers rounds of the theory benchmark, so that its start is not timed.
final class NumpyPeer implements AutoCloseable {
  private static final String SCRIPT = "theory_bench.py";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final String greeting;

  /// @param python the interpreter
  /// @param table the file of log-probabilities, little-endian
  /// @throws IOException if there is no such interpreter, or it ends before it answers
  NumpyPeer(String python, Path table, int n) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(python, "-c", script(), table.toString(), Integer.toString(n))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Of the script only one dot product knows threads, and they keep a core busy long after it.
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    process = builder.start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    greeting = line();
  }

  private static String script() throws IOException {
    try (InputStream in = NumpyPeer.class.getResourceAsStream(SCRIPT)) {
      return new String(Objects.requireNonNull(in, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  boolean hasNumpy() {
    return greeting.startsWith("numpy ");
  }

  /// Name and version of what answers.
  String name() {
    return greeting;
  }

  /// One run, timed on the other side.
  TheoryTiming run() throws IOException {
    questions.write("\n");
    questions.flush();
    String[] numbers = line().split(" ", -1);
    return new TheoryTiming(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]));
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the numpy side ended without an answer; what it said stands above");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    answers.close();
  }
}
