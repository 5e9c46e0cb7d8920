package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
import topdraw.draw.InputFile;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.PromptSource;
import topdraw.estimate.Protocol;
import topdraw.estimate.Question;
import topdraw.estimate.Questions;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.report.page.AnalysisFiles;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.words.AnalysisReport;
import topdraw.words.SampleSource;
import topdraw.words.json.AnalysisJson;
import topdraw.words.json.OveroptimizationJson;
import topdraw.words.text.AnalysisText;
import topdraw.words.text.OveroptimizationText;

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

  @Mixin private RecordingOptions options;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 3, 4, 6, 8, 12, ...")
  private List<Integer> grid = List.of();

  @Option(
      names = "--every-n",
      description =
          "With -n: for each n all prompts with as many draws. Default: for every n the same prompts,"
              + " those with enough draws for the largest.")
  private boolean everyN;

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
      names = "--prompts",
      paramLabel = "sample|fixed",
      description =
          "Whether intervals speak of all prompts that these are a sample of, or of these alone."
              + " Default: sample from ten prompts on.")
  private @Nullable String prompts;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER|PAGE.html",
      description =
          "Also write one page with every curve, and the same numbers as JSON: report.html and"
              + " analysis.json in a folder, or PAGE.html and PAGE.json.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    // Refused before the work, not after it.
    AnalysisFiles files = output == null ? null : AnalysisFiles.at(output);
    try (Recording recording = options.open(inputs, spec.commandLine().getErr())) {
      AnalysisQuestion question = question(recording);
      Optional<GoldQuestion> gold =
          question.gold().map(name -> new GoldQuestion(question.reward(), name, Optional.empty()));
      List<Question> questions = new ArrayList<>(List.of(question));
      gold.ifPresent(questions::add);
      OneSet set = new OneSet(everyN ? List.of() : grid);
      Measurements measured = measured(Questions.of(questions), recording, set);
      Confidence wanted = confidence.value();
      AnalysisReport report =
          report(
              told(Analysis.of(measured, question, wanted)),
              gold.flatMap(study -> GoldStudy.possible(measured, study, 0, wanted)),
              recording,
              set);
      print(report, set);
      if (files != null) {
        files.write(report);
        spec.commandLine()
            .getErr()
            .println("Report: open " + files.page() + " in a browser; as JSON: " + files.twin());
      }
    }
    return 0;
  }

  /// Of a reward of which less is better the numbers as they were recorded.
  private static Analysis told(Analysis analysis) {
    return analysis.question().reward().startsWith("-") ? analysis.turnedRound() : analysis;
  }

  /// One set of prompts for every n; read again where no prompt has as many draws as the largest n.
  private Measurements measured(Questions questions, Recording recording, OneSet set)
      throws IOException {
    Measurements measured = AllCores.measure(questions, set.of(prompts(recording)));
    return set.taken() > 0 || !set.lower()
        ? measured
        : AllCores.measure(questions, set.of(prompts(recording)));
  }

  /// Only a page shows texts.
  private PromptSource<IOException> prompts(Recording recording) {
    return output == null ? recording::forEachWithoutTexts : recording::forEach;
  }

  private AnalysisReport report(
      Analysis analysis, Optional<Overoptimization> study, Recording recording, OneSet set)
      throws IOException {
    List<String> columns = new ArrayList<>(recording.columns());
    columns.addAll(set.words());
    return new AnalysisReport(
        analysis,
        study,
        AnalysisText.sentence(analysis),
        new SampleSource(
            inputs,
            shown() ? identified(recording.files()) : List.of(),
            columns,
            recording.bad().count(),
            recording.bad().first(),
            recording.provenance()),
        Versions.all());
  }

  /// Whether anything says which files were read.
  private boolean shown() {
    return json || output != null;
  }

  private static List<InputFile> identified(List<Path> files) throws IOException {
    List<InputFile> identified = new ArrayList<>();
    for (Path file : files) {
      identified.add(InputFile.of(file));
    }
    return identified;
  }

  private void print(AnalysisReport report, OneSet set) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(AnalysisJson.of(report)));
      return;
    }
    set.words().forEach(out::println);
    if (report.analysis().question().reward().startsWith("-")) {
      out.println(
          "Less is better: the best has the least, and means are told as they were recorded.");
    }
    AnalysisText.lines(report.analysis()).forEach(out::println);
    if (report.analysis().question().gold().isPresent()) {
      out.println();
      report
          .study()
          .map(OveroptimizationText::lines)
          .orElse(List.of("No over-optimisation study: " + OveroptimizationJson.TOO_FEW))
          .forEach(out::println);
    }
  }

  private static Scope scope(String word) {
    return switch (word) {
      case "sample" -> Scope.PROMPTS;
      case "fixed" -> Scope.DRAWS;
      default ->
          throw new InputException(Problem.UNKNOWN, "--prompts is sample or fixed, was " + word);
    };
  }

  private AnalysisQuestion question(Recording recording) {
    return new AnalysisQuestion(
        options.selects(recording),
        options.gold(recording),
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
        grid,
        Protocol.of(protocol),
        Optional.ofNullable(prompts).map(AnalyzeCommand::scope));
  }
}
