package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisSettings;
import topdraw.estimate.Analyzer;
import topdraw.estimate.Protocol;
import topdraw.json.Json;
import topdraw.recordings.Recording;

@Command(
    name = "analyze",
    description = {
      "What best-of-n gives and costs for every n, from recorded samples.",
      "",
      "Reads a run folder, or JSON Lines, CSV, Parquet (files, folders, patterns; .gz and .zst). First"
          + " the samples are audited; numbers that they cannot support are withheld, with the reason."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw analyze samples.jsonl --map reward=score,prompt=question"})
final class AnalyzeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description = "The reward that selects. Default: the first.")
  private @Nullable String reward;

  @Option(
      names = "--gold",
      paramLabel = "NAME",
      description = "A second reward, to see what selection does to it.")
  private @Nullable String gold;

  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 3, 4, 6, 8, 12, ...")
  private List<Integer> grid = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "REWARD",
      description = "Also early stop and rewind-and-repeat, which accept at this reward.")
  private @Nullable Double threshold;

  @Option(
      names = "--protocol",
      defaultValue = "subsets",
      paramLabel = "NAME",
      description =
          "subsets (unbiased), or, to match published numbers, first-n (noisy) or bootstrap (biased)."
              + " Default: subsets.")
  private String protocol = "subsets";

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (Recording recording = Recording.open(inputs, imports.mapping(reward, gold))) {
      PrintWriter err = spec.commandLine().getErr();
      AnalysisText.columns(recording).forEach(err::println);
      imports.check(recording);
      Analyzer analyzer = new Analyzer(settings(recording.rewards()));
      recording.forEach(analyzer::add);
      Analysis analysis = analyzer.result();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(AnalysisJson.of(analysis, recording)));
      } else {
        AnalysisText.lines(analysis).forEach(out::println);
      }
    }
    return 0;
  }

  private AnalysisSettings settings(List<String> rewards) {
    Optional<String> second =
        Optional.ofNullable(gold)
            .or(imports::gold)
            .map(name -> ImportOptions.reward(name, rewards));
    return new AnalysisSettings(
        ImportOptions.reward(reward, rewards),
        second,
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        grid,
        Protocol.of(protocol));
  }
}
