package topdraw.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/// What later starts are prepared by: commands that people call, one after the other, so that the
/// JVM sees which classes they need, and which methods often (decision 0004). Their answers go
/// nowhere. Run by the launcher, once.
final class Rehearsal {
  private static final String QUESTION =
      """
      {"id": 1, "quantity": "best_of_n_kl", "inputs": {"n": 4, "p": [0.5, 0.3, 0.2]}}
      """;

  private Rehearsal() {}

  /// Runs the commands; how each of them ends does not matter.
  ///
  /// @param args the folder of the examples
  public static void main(String[] args) {
    String samples = args[0] + "/samples.jsonl";
    System.setIn(new ByteArrayInputStream(QUESTION.getBytes(UTF_8)));
    for (List<String> command :
        List.of(
            List.of("compute"),
            List.of("exact", args[0] + "/table.json", "-n", "4"),
            List.of("analyze", samples, "--reward", "correct", "--json"),
            List.of("analyze", samples, "--reward", "correct"))) {
      // Without the user's environment, so without their settings.
      Topdraw.commandLine(nowhere(), nowhere(), Map.of()).execute(command.toArray(String[]::new));
    }
    System.exit(0);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
