package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.json.Json;
import topdraw.recordings.PromptFile;
import topdraw.recordings.RecordedPrompt;
import topdraw.recordings.RunFolder;
import topdraw.recordings.RunManifest;
import topdraw.recordings.RunReader;
import topdraw.recordings.RunSettings;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.report.ReportPage;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.Candidate;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.Selection;

@Command(
    name = "quickstart",
    description = {
      "Best-of-n on a small real model, and what it truly cost.",
      "",
      "Draws 64 completions for each of the paper's four Alpaca prompts on the embedded model, picks"
          + " the best by two rewards, and says how far best-of-16 drifts: what the textbook says,"
          + " what is proven from what was seen, what is estimated. Writes a folder with every"
          + " sample, the findings and a report page."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw quickstart -o my-first-run"})
final class QuickstartCommand implements Callable<Integer> {
  /// Of the paper's experiment: reward log-likelihood is its Figure 4, negative length its Figure
  /// 5.
  private static final List<Reward> REWARDS =
      List.of(Rewards.logLikelihood(), Rewards.negativeLength());

  private static final int MAX_TOKENS = 64;
  private static final int N = 16;
  private static final int BATCHES = 4;

  @Spec private CommandSpec spec;
  @Mixin private PolicyOptions policyOptions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description =
          "Where the run goes. Default: topdraw-quickstart, with a number if that exists.")
  private @Nullable Path output;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed, model and settings draw the same completions. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "Print the findings as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path folder = output == null ? unused(Path.of("topdraw-quickstart")) : output;
    PrintWriter err = spec.commandLine().getErr();
    PromptFile prompts = prompts();
    try (ReferencePolicy policy = policyOptions.open(seed, MAX_TOKENS);
        RunFolder run = RunFolder.open(folder, manifest(prompts, policy.provenance()), prompts)) {
      List<Round> rounds = draw(policy, run, err);
      QuickstartFindings findings = QuickstartFindings.of(rounds, N);
      run.writeFindings(findings.json());
      Path page = run.reportFolder().resolve("index.html");
      ReportPage.write(
          QuickstartReport.of(findings, policy.provenance(), Versions.all(), now()), page);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(findings.json()));
      } else {
        findings.lines().forEach(out::println);
      }
      err.println();
      err.println("Every sample and finding: " + folder);
      err.println("Report: open " + page + " in a browser");
    }
    return 0;
  }

  /// Draws each prompt's pool once; both rewards look at the same completions.
  private static List<Round> draw(ReferencePolicy policy, RunFolder run, PrintWriter err)
      throws IOException {
    int total = Math.toIntExact(run.manifest().lines());
    try (DrawMeter meter = DrawMeter.to(err, total, Math.toIntExact(run.lines()))) {
      run.record(policy, REWARDS, meter);
    }
    try (RunReader recorded = RunReader.open(run.path())) {
      return recorded.stream().map(QuickstartCommand::pool).toList();
    }
  }

  /// All completions of a prompt as one selection.
  private static Round pool(RecordedPrompt prompt) {
    List<Candidate> candidates = prompt.candidates();
    int best = Selector.best(candidates.stream().map(Candidate::score).toList());
    return new Round(
        prompt.prompt(),
        new Selection.BestOfN(candidates.size()),
        REWARDS.stream().map(Reward::name).toList(),
        candidates,
        candidates.size(),
        best,
        false);
  }

  private static RunManifest manifest(PromptFile prompts, Provenance provenance) {
    RunSettings settings =
        RunSettings.of(
            N, REWARDS.stream().map(Reward::identity).toList(), prompts, false, provenance);
    return RunManifest.of(
        "quickstart",
        settings,
        BATCHES,
        prompts,
        provenance.fingerprint().getOrDefault("threads", "unknown"),
        Versions.all(),
        now());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The prompts of the paper's appendix C.1.
  static PromptFile prompts() throws IOException {
    String name = "quickstart-prompts.txt";
    try (InputStream file =
        Objects.requireNonNull(QuickstartCommand.class.getResourceAsStream(name))) {
      return PromptFile.read(file, name, false);
    }
  }

  private static Path unused(Path wanted) {
    Path folder = wanted;
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of(wanted + "-" + i);
    }
    return folder;
  }
}
