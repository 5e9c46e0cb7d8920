package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// A run in a process of its own that is killed, and what a run's folder holds.
public final class KilledRun {
  private KilledRun() {}

  /// Runs it and kills it at some moment; begins again where it ended before.
  ///
  /// @param moment when it is killed
  /// @param words its command line
  /// @param folder the run's
  public static void killWhen(BooleanSupplier moment, String[] words, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "topdraw.cli.Topdraw"));
    command.addAll(List.of(words));
    while (!moment.getAsBoolean()) {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (process.isAlive() && !moment.getAsBoolean()) {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
    }
    assertThat(recorded(folder)).isPositive();
  }

  static boolean begun(Path folder) {
    return Files.exists(folder.resolve("run.json"));
  }

  /// How many bytes of completions.
  ///
  /// @param folder the run's
  /// @return their number; 0 where there are none yet
  public static long recorded(Path folder) {
    return folder.resolve("samples.jsonl").toFile().length();
  }

  /// How many whole lines of completions; those of a batch that is not whole are drawn again.
  static long whole(Path folder) throws IOException {
    Path samples = folder.resolve("samples.jsonl");
    return Files.exists(samples)
        ? Files.readString(samples, StandardCharsets.ISO_8859_1)
            .chars()
            .filter(c -> c == '\n')
            .count()
        : 0;
  }

  /// What decides the completions.
  static JsonNode settings(Path folder) throws IOException {
    return Json.read(Files.readString(folder.resolve("run.json"))).get("settings");
  }

  /// Keys and what was drawn, in the order of the file.
  static List<String> drawn(Path folder) throws IOException {
    List<String> drawn = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("samples.jsonl"))) {
      JsonNode json = Json.read(line);
      drawn.add(json.get("prompt_id") + " " + json.get("i") + " " + json.get("completion"));
    }
    return drawn;
  }
}
