package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
final class ComputeCommand extends AnsweringCommand {
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

  @Override
  public Integer call() throws IOException {
    Writer out = out();
    if (list) {
      for (String line : json ? QuantityList.json() : QuantityList.lines()) {
        out.write(line + '\n');
      }
      out.flush();
      return 0;
    }
    try (InputStream in = file == null ? System.in : GivenFile.open(file)) {
      ComputeLine.answer(new InputStreamReader(in, StandardCharsets.UTF_8), out);
    }
    return 0;
  }
}
