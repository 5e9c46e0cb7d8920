package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisSettings;
import topdraw.estimate.Analyzer;
import topdraw.estimate.Protocol;
import topdraw.json.Json;
import topdraw.recordings.Mapping;
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

  @Option(
      names = "--map",
      split = ",",
      paramLabel = "FIELD=COLUMN",
      description =
          "Which column holds what: prompt_id, prompt, text, reward, gold, log_p, tokens, seconds,"
              + " finish, seed. Guessed and shown when not given; dots go into objects.")
  private List<String> map = List.of();

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

  @Option(
      names = "--log-p",
      paramLabel = "policy",
      description =
          "Say 'policy' when the log-probabilities are of the distribution sampled from, end token"
              + " included.")
  private @Nullable String logP;

  @Option(names = "--strict", description = "A row that cannot be read is an error.")
  private boolean strict;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (Recording recording = Recording.open(inputs, mapping())) {
      PrintWriter err = spec.commandLine().getErr();
      AnalysisText.columns(recording).forEach(err::println);
      if (strict && recording.bad().count() > 0) {
        throw new IllegalArgumentException(
            recording.bad().first().getFirst()
                + " (--strict; "
                + recording.bad().count()
                + " such rows)");
      }
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

  private Mapping mapping() {
    if (logP != null && !logP.equals("policy")) {
      throw new IllegalArgumentException("--log-p can only be 'policy', was '" + logP + "'");
    }
    List<String> named = Stream.of(reward, gold).flatMap(Stream::ofNullable).toList();
    return new Mapping(Mapping.parse(map), named, logP != null);
  }

  private AnalysisSettings settings(List<String> rewards) {
    if (rewards.isEmpty()) {
      throw new IllegalArgumentException(
          "no reward was recognised; name its column with --map reward=COLUMN");
    }
    String mappedGold = Mapping.parse(map).get("gold");
    Optional<String> second = Optional.ofNullable(gold == null ? mappedGold : gold);
    String first = reward == null ? rewards.getFirst() : reward;
    for (String name : Stream.concat(Stream.of(first), second.stream()).toList()) {
      if (!rewards.contains(name)) {
        throw new IllegalArgumentException(
            "no reward '" + name + "'; there is " + String.join(", ", rewards));
      }
    }
    return new AnalysisSettings(
        first,
        second,
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        grid,
        Protocol.of(protocol));
  }
}
