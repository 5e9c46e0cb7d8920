package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.estimate.RunSummary;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunManifest;
import topdraw.recordings.run.RunMeasuring;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunRequest;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.words.json.RunJson;
import topdraw.words.text.RunText;

@Command(
    name = "run",
    description = {
      "Draws, scores and records completions for a file of prompts.",
      "",
      "The file holds a prompt a line: plain text, or JSON lines such as {\"prompt\": \"…\"} or"
          + " {\"messages\": […]}. However a run is interrupted, the same command goes on where it"
          + " was; no sample is lost and none is drawn twice. More --batches make a finished run"
          + " longer."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw run examples/prompts.txt -n 16 --batches 4 -o my-run --seed 7"})
final class RunCommand extends AnsweringCommand {
  @Mixin private DrawOptions drawOptions;
  @Mixin private RewardOptions rewardOptions;
  @Mixin private ConfidenceOption confidence;

  @Parameters(paramLabel = "PROMPTS", description = "The prompt file; \"-\" is standard input.")
  private String prompts = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "RUN",
      required = true,
      description = "The run's folder: a new one, or that of the run to go on with.")
  private Path output = Path.of("");

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "Completions of one selection. Default: 16.")
  private int n;

  @Option(
      names = "--batches",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Selections per prompt: K times N completions are drawn of each. Default: 1. With two or"
              + " more, win rates can be estimated.")
  private int batches;

  @Option(
      names = "--raw",
      description = "Continue the prompts as they stand, without the chat template.")
  private boolean raw;

  @Option(
      names = "--fresh",
      description =
          "Begin anew: a run that is in the folder is moved aside, to RUN.1 or the next free"
              + " number; nothing is deleted.")
  private boolean fresh;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "On the executors of Apache Spark: spark://HOST:7077, yarn, local[*]; they draw from"
              + " --server, and the run is recorded here (docs/scale.md).")
  private @Nullable String spark;

  @Option(names = "--json", description = "Print the findings as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunRequest.check(n, batches);
    PromptFile file =
        prompts.equals("-")
            ? PromptFile.read(System.in, "standard input", raw)
            : PromptFile.read(Path.of(prompts), raw);
    RunRequest request = new RunRequest(RunRequest.RUN, file, n, batches, raw);
    drawOptions.drawOn(spark);
    Interruption.endsBySaving();
    List<Reward> scorers = rewardOptions.open(List.of("log-likelihood"), drawOptions.onServers());
    try (ReferencePolicy policy = drawOptions.open(raw, this::recordedFingerprint)) {
      rewardOptions.requireScoresOf(policy);
      rewardOptions.answerWith(policy);
      RunManifest manifest =
          request.manifest(scorers, policy.provenance(), Versions.all(), Times.now());
      if (fresh) {
        RunFolder.setAside(output)
            .ifPresent(to -> err().println("The run that was in " + output + " is now in " + to));
      }
      try (RunFolder run = RunFolder.open(output, manifest, file)) {
        DrawMeter.record(run, policy, scorers, err());
        return finish(run);
      }
    } finally {
      scorers.forEach(Reward::close);
    }
  }

  private Map<String, String> recordedFingerprint() throws IOException {
    return fresh ? Map.of() : RunFolder.fingerprint(output);
  }

  private int finish(RunFolder run) throws IOException {
    RunSummary summary;
    try (RunReader recorded = RunReader.open(output)) {
      summary = RunMeasuring.of(recorded, confidence.value());
    }
    run.writeFindings(RunJson.of(summary));
    answer(json, () -> RunJson.of(summary), () -> RunText.lines(summary));
    RunText.missing(summary).forEach(err()::println);
    int code = missing(summary.scores());
    err().println("Recorded in " + output);
    return summary.counts().missing() > 0 ? INCOMPLETE : code;
  }
}
