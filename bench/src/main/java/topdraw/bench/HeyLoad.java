package topdraw.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The load tool hey, which asks one question over and over.
///
/// @param program the tool
record HeyLoad(Path program) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern WELL = Pattern.compile("\\[200]\\s+(\\d+) responses");

  /// The tool, where it is on the path.
  static Optional<HeyLoad> find(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "hey"))
        .filter(Files::isExecutable)
        .map(HeyLoad::new)
        .findFirst();
  }

  /// Completions a second.
  ///
  /// @throws IOException if it cannot be run, or one question is not answered
  double perSecond(Tap.Question question, int times, int inFlight) throws IOException {
    Path body = Files.createTempFile("topdraw-bench", ".json");
    try {
      Files.write(body, question.body());
      return rate(
          MeasuredProcess.run(
                  List.of(
                      program.toString(),
                      "-n",
                      Integer.toString(times),
                      "-c",
                      Integer.toString(inFlight),
                      "-t",
                      "0",
                      "-m",
                      "POST",
                      "-T",
                      "application/json",
                      "-D",
                      body.toString(),
                      question.address().toString()))
              .output(),
          times);
    } finally {
      Files.delete(body);
    }
  }

  static double rate(String output, int times) throws IOException {
    Matcher rate = RATE.matcher(output);
    Matcher well = WELL.matcher(output);
    if (!rate.find() || !well.find() || Integer.parseInt(well.group(1)) != times) {
      throw new IOException("hey did not get " + times + " answers, but says: " + output.strip());
    }
    return Double.parseDouble(rate.group(1));
  }
}
