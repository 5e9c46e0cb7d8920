package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
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
import topdraw.estimate.GoldSettings;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Overoptimization;
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
  private static final String TOO_FEW =
      "fewer than two prompts have several draws, each with both rewards";

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Mixin private RecordingOptions options;

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
    try (Recording recording = options.open(inputs, spec.commandLine().getErr())) {
      AnalysisSettings settings = settings(recording);
      Analyzer analyzer = new Analyzer(settings);
      Optional<GoldStudy> gold =
          settings
              .gold()
              .map(name -> new GoldSettings(settings.reward(), name, Optional.empty(), 0))
              .map(GoldStudy::new);
      recording.forEach(
          prompt -> {
            analyzer.add(prompt);
            gold.ifPresent(study -> study.add(prompt));
          });
      print(analyzer.result(), gold.flatMap(GoldStudy::possibleResult), recording);
    }
    return 0;
  }

  private void print(Analysis analysis, Optional<Overoptimization> study, Recording recording) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> object = AnalysisJson.of(analysis, recording);
      if (analysis.settings().gold().isPresent()) {
        object.put(
            "overoptimization",
            study.<Object>map(OveroptimizationText::json).orElse(Map.of("withheld", TOO_FEW)));
      }
      out.println(Json.line(object));
      return;
    }
    AnalysisText.lines(analysis).forEach(out::println);
    if (analysis.settings().gold().isPresent()) {
      out.println();
      study
          .map(OveroptimizationText::lines)
          .orElse(List.of("No over-optimisation study: " + TOO_FEW))
          .forEach(out::println);
    }
  }

  private AnalysisSettings settings(Recording recording) {
    return new AnalysisSettings(
        options.selects(recording),
        options.gold(recording),
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        grid,
        Protocol.of(protocol));
  }
}
