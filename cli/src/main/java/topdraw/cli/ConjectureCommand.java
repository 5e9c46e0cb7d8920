package topdraw.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.file.FreeName;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.search.CounterexampleSearch;
import topdraw.search.CounterexampleSearch.Result;
import topdraw.theory.bound.Claim;
import topdraw.words.json.ConjectureJson;
import topdraw.words.text.ConjectureText;

@Command(
    name = "conjecture",
    description = {
      "Searches for a table that refutes a claim: random tables of many shapes, then from the worst of"
          + " them step by step to worse ones, on all cores.",
      "",
      "7.2 and 4.4 are conjectures of the paper: 7.2 as we read it is false, 4.4 is proven. The others"
          + " are checked numerically only. Finding nothing proves nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 4 if a counterexample was found; topdraw exact shows it beside every bound. The same"
          + " seed and --rounds find the same table, whatever the number of cores.",
      "",
      "Example: topdraw conjecture 7.2 --budget 10s --seed 1 -o counterexample.json"
    })
final class ConjectureCommand extends AnsweringCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "The claim; without it, all claims are listed.")
  private @Nullable String name;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "How long to search at most: 30s, 5m, 2h. Default: 1m.")
  private String budget = "";

  @Option(
      names = "--rounds",
      paramLabel = "K",
      description = "The most rounds of the search. Default: what the time allows.")
  private @Nullable Integer rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Where the random numbers start. Default: 0.")
  private long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "TABLE.json",
      description =
          "Save the worst table here. Default: a counterexample goes to counterexample-NAME.json, with"
              + " a number if that exists.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (name == null) {
      for (Claim claim : Claim.values()) {
        answer(json, () -> ConjectureJson.of(claim), () -> ConjectureText.lines(claim));
      }
      return 0;
    }
    Claim claim =
        Claim.named(name)
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.UNKNOWN,
                        "unknown claim \"" + name + "\"; there are " + Claim.words()));
    if (rounds != null && rounds < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "--rounds must be at least 1, was " + rounds);
    }
    if (output != null && Files.exists(output)) {
      throw new InputException(
          Problem.EXISTS, output + " exists already; give another name with -o");
    }
    Duration time = Times.duration(budget, "--budget");
    Result result;
    try (SearchMeter meter = new SearchMeter(err(), time)) {
      result =
          new CounterexampleSearch(claim, seed)
              .run(time, rounds == null ? Integer.MAX_VALUE : rounds, meter);
    }
    Optional<String> saved = saved(claim, result).map(Path::toString);
    answer(
        json,
        () -> ConjectureJson.of(claim, result, seed, saved),
        () -> ConjectureText.lines(claim, result, seed, saved));
    return result.refutes() ? UNMET : 0;
  }

  private Optional<Path> saved(Claim claim, Result result) throws IOException {
    Path file =
        output == null && result.refutes()
            ? FreeName.of("counterexample-" + claim.word(), ".json")
            : output;
    if (file != null) {
      String table = Json.line(ConjectureJson.table(result.worst())) + "\n";
      WholeFiles.write(file, table.getBytes(StandardCharsets.UTF_8));
    }
    return Optional.ofNullable(file);
  }
}
