package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topdraw.recordings.run.PaperRun;
import topdraw.recordings.run.QuickstartRun;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.report.page.ReportPage;
import topdraw.report.quickstart.QuickstartFindings;
import topdraw.report.quickstart.QuickstartFindings.Setting;
import topdraw.report.quickstart.QuickstartReport;
import topdraw.report.quickstart.QuickstartText;
import topdraw.reward.Reward;

@Command(
    name = "quickstart",
    description = {
      "Best-of-n on a small real model: what it gains, and what it truly costs.",
      "",
      "Draws 64 answers to each of seven questions on the embedded model, the paper's four among them,"
          + " and keeps the right ones: how many more are right with the best of 16, how far that"
          + " drifts, what the textbook says, and what is cheaper. The paper's own rewards come"
          + " after. Writes a folder with every answer, the findings and a report page."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw quickstart -o my-first-run"})
final class QuickstartCommand extends AnsweringCommand {
  @Mixin private PolicyOptions policyOptions;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description =
          "Where the run goes. Default: topdraw-quickstart, with a number if that is taken; an"
              + " unfinished one of the same settings goes on.")
  private @Nullable Path output;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed, model and settings draw the same completions. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "Print the findings as JSON on standard output.")
  private boolean json;

  @Option(names = "--verbose", description = "Also every finding, prompt by prompt.")
  private boolean verbose;

  @Override
  public Integer call() throws IOException {
    QuickstartRun asked = QuickstartRun.questions();
    try (ReferencePolicy policy = open();
        RunFolder run = open(asked, policy.provenance())) {
      Interruption.endsBySaving();
      DrawMeter.record(run, policy, asked.rewards(), err());
      QuickstartFindings findings =
          QuickstartFindings.of(
              QuickstartRun.recorded(run.path()),
              new Setting(
                  QuickstartRun.CORRECT,
                  QuickstartRun.GRADE,
                  PaperRun.REWARDS.stream().map(Reward::name).toList(),
                  asked::inFigures),
              QuickstartRun.N,
              confidence.value());
      Path page = run.reportFolder().resolve("index.html");
      ReportPage.write(
          QuickstartReport.of(findings, policy.provenance(), Versions.all(), Times.now()), page);
      run.writeFindings(findings.json()); // last: a run that has them is finished
      answer(json, findings::json, () -> QuickstartText.lines(findings, page.toString(), verbose));
    }
    return 0;
  }

  private ReferencePolicy open() throws IOException {
    Path folder = output;
    return policyOptions.open(
        seed,
        QuickstartRun.MAX_TOKENS,
        false,
        false,
        () -> folder == null ? Map.of() : RunFolder.fingerprint(folder));
  }

  private RunFolder open(QuickstartRun asked, Provenance policy) throws IOException {
    Path folder = output;
    if (folder != null) return asked.open(folder, policy, Versions.all(), Times.now());
    return asked.openNamed(
        "topdraw-quickstart",
        policy,
        Versions.all(),
        Times.now(),
        note -> err().println(note.in(OptionNames::of)));
  }
}
