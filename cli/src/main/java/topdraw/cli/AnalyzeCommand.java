package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.advice.ReadingQuestion;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.AnsweredRecording;
import topdraw.recordings.Recording;
import topdraw.report.page.AnalysisOutput;
import topdraw.reward.AnswerExtraction;
import topdraw.words.AnalysisReport;
import topdraw.words.OneSetWords;
import topdraw.words.json.AnalysisJson;
import topdraw.words.text.AnalysisText;

@Command(
    name = "analyze",
    description = {
      "What best-of-n gives and costs for every n, from recorded samples.",
      "",
      "Reads a run folder, or JSON Lines, CSV, Parquet (files, folders, patterns; .gz and .zst)."
          + " The samples are audited first; numbers that they cannot support are withheld, with"
          + " the reason. What matters is said first, then one table; --verbose has every number."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw analyze samples.jsonl --map reward=score,prompt=question"})
final class AnalyzeCommand extends AnsweringCommand {
  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Mixin private RecordingOptions options;
  @Mixin private AnalysisOptions wanted;
  @Mixin private AdviceOptions beside;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER|FILE",
      description = {
        "Also write, by the ending of the name; may be given several times:",
        "FILE.html: one page with every curve, and the same numbers as JSON in FILE.json.",
        "FILE.csv: every number, a row each.",
        "FILE.tex: the table, in LaTeX.",
        "FILE.svg, .png, .pdf: figures for a paper: reward against drift, and beside it"
            + " FILE-against-n and FILE-by-prompt-...",
        "FOLDER: report.html, analysis.json, curves.csv and table.tex.",
        "What topdraw analyze did not write is not replaced."
      })
  private List<String> output = List.of();

  @Option(
      names = "--answer",
      paramLabel = "ANSWER",
      description =
          "What a completion answers, so that votes are counted: text, numeric, regex:PATTERN or"
              + " json:PATH. With rewards of 0 and 1 this gives maj@k, the curve of majority"
              + " voting.")
  private @Nullable String answer;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Read and measure on Apache Spark: local[*], spark://HOST:7077, yarn, k8s://...; Parquet,"
              + " JSON Lines or a run folder, where its machines read them. The same numbers"
              + " (docs/scale.md).")
  private @Nullable String spark;

  @Option(
      names = "--verbose",
      description = "Also the audit, and a table for every number with how it was found.")
  private boolean verbose;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    // Refused before the work, not after it.
    beside.check(wanted, options);
    AnalysisOutput files = AnalysisOutput.at(output);
    Optional<AnswerExtraction> extraction = Optional.ofNullable(answer).map(AnalyzeCommand::answer);
    try (var _ = spark == null ? SmallHeap.open() : null; // Spark has a heap of another size
        Recording opened = open();
        Recording recording =
            extraction.<Recording>map(spec -> new AnsweredRecording(opened, spec)).orElse(opened)) {
      OneSet set = wanted.set();
      AnalysisReport report =
          report(
              recording,
              wanted.question(options.selects(recording), options.gold(recording)),
              set,
              files.hasPage());
      if (!json) {
        OneSetWords.sentences(set).forEach(out()::println);
      }
      answer(
          json,
          () -> AnalysisJson.of(report),
          () -> verbose ? AnalysisText.everything(report) : AnalysisText.lines(report));
      files.write(report).forEach(err()::println);
    }
    return 0;
  }

  private Recording open() throws IOException {
    if (spark == null) {
      return options.open(inputs, err());
    }
    if (answer != null) {
      throw new InputException(
          Problem.CONFLICT,
          "--spark %s takes the answers that are recorded; leave --answer out".formatted(spark));
    }
    return options.onCluster(spark, inputs, err());
  }

  private static AnswerExtraction answer(String spec) {
    try {
      return AnswerExtraction.of(spec);
    } catch (InputException e) {
      throw InputException.at("--answer", e);
    }
  }

  private AnalysisReport report(
      Recording recording, AnalysisQuestion question, OneSet set, boolean page) throws IOException {
    ReadingQuestion asked =
        new ReadingQuestion(question, beside.question(question), confidence.value());
    Measurements measured =
        recording.measure(asked.questions(), set, page); // only a page shows texts
    return AnalysisText.report(
        asked.answer(measured),
        recording.missing(),
        recording.source(inputs, json || page, OneSetWords.sentences(set)),
        Versions.all());
  }
}
