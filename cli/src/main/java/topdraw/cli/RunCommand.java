package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.estimate.RunSummary;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.LlamaPolicy;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunManifest;
import topdraw.recordings.run.RunMeasuring;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunSettings;
import topdraw.reference.Provenance;
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
    footer = {"", "Example: topdraw run prompts.txt -n 16 --batches 4 -o my-run --seed 7"})
final class RunCommand extends AnsweringCommand {
  @Mixin private PolicyOptions policyOptions;
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
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "256",
      description = "The most tokens of a completion. Default: 256.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed, model and settings draw the same completions. Default: 0.")
  private long seed;

  @Option(
      names = "--raw",
      description = "Continue the prompts as they stand, without the chat template.")
  private boolean raw;

  @Option(
      names = "--fresh",
      description =
          "Begin anew: a run that is in the folder is moved aside, to RUN.1 or the next free number;"
              + " nothing is deleted.")
  private boolean fresh;

  @Option(names = "--json", description = "Print the findings as JSON on standard output.")
  private boolean json;

  private final InputStream in;

  RunCommand() {
    this(System.in);
  }

  RunCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    if (n < 1 || batches < 1 || (long) n * batches > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "-n and --batches count from 1, and their product to %d; were %d and %d"
              .formatted(Integer.MAX_VALUE, n, batches));
    }
    PromptFile file =
        prompts.equals("-")
            ? PromptFile.read(in, "standard input", raw)
            : PromptFile.read(Path.of(prompts), raw);
    if ((long) n * batches * file.prompts().size() > Integer.MAX_VALUE) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "that is more than %d completions; split the prompt file, or ask for fewer batches"
              .formatted(Integer.MAX_VALUE));
    }
    Interruption.endsBySaving();
    List<Reward> scorers = rewardOptions.open(List.of("log-likelihood"));
    try (LlamaPolicy policy = policyOptions.open(seed, maxTokens)) {
      rewardOptions.answerWith(policy);
      RunManifest manifest = manifest(file, scorers, policy.provenance());
      if (fresh) {
        setAside();
      }
      try (RunFolder run = RunFolder.open(output, manifest, file)) {
        record(run, policy, scorers);
        return finish(run);
      }
    } finally {
      scorers.forEach(Reward::close);
    }
  }

  private RunManifest manifest(PromptFile file, List<Reward> scorers, Provenance provenance) {
    return RunManifest.of(
        "run",
        RunSettings.of(n, scorers.stream().map(Reward::identity).toList(), file, raw, provenance),
        batches,
        file,
        provenance.fingerprint().getOrDefault("threads", "unknown"),
        Versions.all(),
        Times.now());
  }

  private void setAside() throws IOException {
    RunFolder.setAside(output)
        .ifPresent(to -> err().println("The run that was in " + output + " is now in " + to));
  }

  private void record(RunFolder run, ReferencePolicy policy, List<Reward> scorers)
      throws IOException {
    long total = run.manifest().lines();
    if (run.recorded() > 0) {
      err()
          .println(
              run.recorded() == total
                  ? "All %d samples are recorded already".formatted(total)
                  : "Going on: %d of %d samples are recorded".formatted(run.recorded(), total));
    }
    try {
      DrawMeter.record(run, policy, scorers, err());
    } catch (CancellationException e) {
      throw Interruption.told(
          e,
          "%d of %d samples are recorded in %s, and the same command goes on"
              .formatted(run.recorded(), total, output));
    }
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
