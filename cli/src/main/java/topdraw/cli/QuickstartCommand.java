package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
import topdraw.recordings.RunFolder;
import topdraw.recordings.RunManifest;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.report.ReportPage;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
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

  private static final int COMPLETIONS = 64;
  private static final int MAX_TOKENS = 64;
  private static final int N = 16;

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
    try (ReferencePolicy policy = policyOptions.open(seed, MAX_TOKENS);
        RunFolder run = RunFolder.create(folder, manifest(policy.provenance()))) {
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
    List<Prompt> prompts = prompts();
    Selector selector = new Selector(policy, REWARDS);
    List<Round> rounds = new ArrayList<>();
    try (DrawMeter meter = DrawMeter.to(err, COMPLETIONS * prompts.size())) {
      for (Prompt prompt : prompts) {
        Round round = selector.select(new Selection.BestOfN(COMPLETIONS), prompt, 0, meter);
        meter.next();
        run.append(prompt, round.candidates());
        rounds.add(round);
      }
    }
    return rounds;
  }

  private static RunManifest manifest(Provenance provenance) {
    return RunManifest.of(
        "quickstart",
        N,
        COMPLETIONS,
        REWARDS.stream().map(Reward::name).toList(),
        provenance,
        Versions.all(),
        now());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The prompts of the paper's appendix C.1.
  static List<Prompt> prompts() {
    try (InputStream file =
        Objects.requireNonNull(
            QuickstartCommand.class.getResourceAsStream("quickstart-prompts.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Prompt::user)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
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
