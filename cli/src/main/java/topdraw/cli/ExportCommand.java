package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportShape;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.exports.TrainingRequest;
import topdraw.words.Visible;

@Command(
    name = "export",
    description = {
      "Recorded samples as training data or as a table.",
      "",
      "Training data, JSON Lines as TRL reads them: sft (prompt, completion: the best of n), dpo"
          + " (prompt, chosen, rejected, both scores and their margin), kto (prompt, completion,"
          + " label). Tables of all samples: jsonl, csv, parquet. A sample without a score is never"
          + " chosen. The file appears when it is whole, and never in the place of another."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw export my-run --to dpo -n 16 -o pairs.jsonl"})
final class ExportCommand extends AnsweringCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|FILE",
      description = "A run folder, or files as topdraw analyze reads them.")
  private List<String> inputs = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "sft, dpo, kto, jsonl, csv or parquet.")
  private String to = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "The file to write. Default: standard output.")
  private @Nullable Path file;

  @Mixin private TrainingOptions training;

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Say what was written as JSON; needs -o.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = ExportFormat.of(to);
    TrainingRequest request = training.request(format);
    if (json && file == null) {
      throw new InputException(
          Problem.CONFLICT, "--json says what was written to a file; name the file with -o");
    }
    if (file != null) WholeFiles.requireFree(file);
    try (Recording recording = imports.open(inputs, err(), request.reward().orElse(null))) {
      ExportShape shape = request.shape(recording);
      report(
          format,
          shape,
          file == null
              ? Export.toStream(recording, format, shape, System.out)
              : Export.toFile(recording, format, shape, file));
    }
    return 0;
  }

  private void report(ExportFormat format, ExportShape shape, ExportSummary summary) {
    if (json) {
      answer(true, () -> document(format, shape, summary), List::of);
      return;
    }
    err()
        .printf(
            "rows: %d, of prompts: %d%s%n",
            summary.rows(), summary.prompts(), file == null ? "" : ", in " + file);
    err().println(Visible.of(shape.rule()));
    summary.leftOut().forEach((what, count) -> err().printf("left out, %s: %d%n", what, count));
  }

  private Map<String, Object> document(
      ExportFormat format, ExportShape shape, ExportSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("format", format.word());
    json.put("file", String.valueOf(file));
    json.put("rule", shape.rule());
    json.put("prompts", summary.prompts());
    json.put("rows", summary.rows());
    json.put("left_out", summary.leftOut());
    return json;
  }
}
