package topdraw.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.input.GivenFile;
import topdraw.words.compute.ComputeLine;
import topdraw.words.compute.QuantityList;

/// `topdraw compute`: JSON lines in, JSON lines out.
@Command(
    name = "compute",
    mixinStandardHelpOptions = true,
    description = {
      "Computes any known quantity, one per line of JSON.",
      "Reads {\"id\": …, \"quantity\": \"…\", \"inputs\": {…}} and answers {\"id\": …, \"value\": …}, or"
          + " {\"id\": …, \"error\": \"…\"}, in the same order; a bad line stops nothing.",
      "Tables run from the worst outcome to the best. Natural logarithms, nats.",
      "With \"prompts\": [{…}, …] the value is the mean over prompts, each with its own inputs besides"
          + " the common ones; \"weights\": […] makes it a weighted one."
    },
    footer = {
      "",
      "Example:",
      "  echo '{\"id\": 1, \"quantity\": \"best_of_n_kl\", \"inputs\": {\"n\": 4, \"p\": [0.5, 0.3,"
          + " 0.2]}}' | topdraw compute",
      "prints {\"id\":1,\"value\":0.55975056035748…}"
    })
public final class ComputeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--list",
      description = "List the quantities with their inputs; a|b takes one of the two.")
  private boolean list;

  @Option(
      names = "--json",
      description = "With --list: one JSON object a line. Answers are JSON in any case.")
  private boolean json;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "File of JSON lines; stdin if not given.")
  private @Nullable Path file;

  /// Made by the command line.
  public ComputeCommand() {}

  /// Answers every line, or lists what can be asked.
  ///
  /// @return 0
  /// @throws IllegalArgumentException if the file cannot be read
  /// @throws IOException if the input breaks or stdout cannot be written
  @Override
  public Integer call() throws IOException {
    Writer out = spec.commandLine().getOut();
    if (list) {
      for (String line : json ? QuantityList.json() : QuantityList.lines()) {
        out.write(line + '\n');
      }
      out.flush();
      return 0;
    }
    try (var in = reader(file == null ? System.in : GivenFile.open(file))) {
      answer(in, out);
    }
    return 0;
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// Answers line by line; whoever waits for an answer before asking on gets it.
  void answer(BufferedReader in, Writer out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        out.write(ComputeLine.answer(line));
        out.write('\n');
      }
      if (!in.ready()) {
        out.flush();
      }
    }
    out.flush();
  }
}
