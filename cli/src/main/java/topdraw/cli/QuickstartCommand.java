package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topdraw.file.FreeName;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.PaperRun;
import topdraw.recordings.run.RunFolder;
import topdraw.recordings.run.RunRequest;
import topdraw.reference.ReferencePolicy;
import topdraw.report.page.ReportPage;
import topdraw.report.quickstart.QuickstartFindings;
import topdraw.report.quickstart.QuickstartReport;

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
final class QuickstartCommand extends AnsweringCommand {
  private static final int MAX_TOKENS = 64;
  private static final int BATCHES = 4;

  @Mixin private PolicyOptions policyOptions;
  @Mixin private ConfidenceOption confidence;

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
    Path folder = output == null ? FreeName.of("topdraw-quickstart", "") : output;
    PromptFile prompts = PaperRun.alpaca();
    try (ReferencePolicy policy = policyOptions.open(seed, MAX_TOKENS);
        RunFolder run =
            PaperRun.open(
                folder,
                new RunRequest("quickstart", prompts, PaperRun.N, BATCHES, false),
                policy.provenance(),
                Versions.all(),
                Times.now())) {
      DrawMeter.record(run, policy, PaperRun.REWARDS, err());
      QuickstartFindings findings =
          QuickstartFindings.of(PaperRun.rounds(folder), PaperRun.N, confidence.value());
      run.writeFindings(findings.json());
      Path page = run.reportFolder().resolve("index.html");
      ReportPage.write(
          QuickstartReport.of(findings, policy.provenance(), Versions.all(), Times.now()), page);
      answer(json, findings::json, findings::lines);
      err().println();
      err().println("Every sample and finding: " + folder);
      err().println("Report: open " + page + " in a browser");
    }
    return 0;
  }
}
