package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportShape;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.exports.LabelShape;
import topdraw.recordings.exports.PairShape;
import topdraw.recordings.exports.PairShape.Rejected;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.exports.WinnerShape;
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
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "sft, dpo, kto: only the first N draws of each prompt. Default: all.")
  private @Nullable Integer n;

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description = "sft, dpo, kto: the reward that decides. Default: the first.")
  private @Nullable String reward;

  @Option(
      names = "--rejected",
      paramLabel = "WHICH",
      description =
          "dpo: worst, random or median of those that score less than the best. Default: worst.")
  private @Nullable String rejected;

  @Option(
      names = "--threshold",
      paramLabel = "REWARD",
      description =
          "kto: true from this reward on. Default: true above the median of the prompt's draws, false"
              + " below it, those at the median left out.")
  private @Nullable Double threshold;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed rejects the same random draws. Default: 0.")
  private long seed;

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Say what was written as JSON; needs -o.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = ExportFormat.of(to);
    checkOptions(format);
    try (Recording recording = imports.open(inputs, spec.commandLine().getErr(), reward)) {
      ExportShape shape = shape(format, recording);
      if (file == null) {
        report(format, shape, Export.toStream(recording, format, shape, System.out));
      } else {
        report(format, shape, Export.toFile(recording, format, shape, file));
      }
    }
    return 0;
  }

  private void checkOptions(ExportFormat format) {
    only(format.trains(), "-n", n, "sft, dpo and kto");
    only(format.trains(), "--reward", reward, "sft, dpo and kto");
    only(format == ExportFormat.DPO, "--rejected", rejected, "dpo");
    only(format == ExportFormat.KTO, "--threshold", threshold, "kto");
    if (n != null && n < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "-n is a number of draws, at least 1, was " + n);
    }
    if (json && file == null) {
      throw new InputException(
          Problem.CONFLICT, "--json says what was written to a file; name the file with -o");
    }
  }

  private void only(boolean allowed, String option, @Nullable Object value, String formats) {
    if (value != null && !allowed) {
      throw new InputException(
          Problem.CONFLICT, option + " is for " + formats + ", not for --to " + to);
    }
  }

  private ExportShape shape(ExportFormat format, Recording recording) {
    OptionalInt first = n == null ? OptionalInt.empty() : OptionalInt.of(n);
    return switch (format) {
      case SFT -> new WinnerShape(decides(recording), first);
      case DPO ->
          new PairShape(
              decides(recording),
              first,
              rejected == null ? Rejected.WORST : Rejected.of(rejected),
              seed);
      case KTO ->
          new LabelShape(
              decides(recording),
              first,
              threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
      case JSONL, CSV, PARQUET -> new TableShape(recording.rewards());
    };
  }

  private String decides(Recording recording) {
    return ImportOptions.reward(reward, recording.rewards());
  }

  private void report(ExportFormat format, ExportShape shape, ExportSummary summary) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("v", 1);
      object.put("format", format.word());
      object.put("file", String.valueOf(file));
      object.put("rule", shape.rule());
      object.put("prompts", summary.prompts());
      object.put("rows", summary.rows());
      object.put("left_out", summary.leftOut());
      spec.commandLine().getOut().println(Json.line(object));
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "rows: %d, of prompts: %d%s%n",
        summary.rows(), summary.prompts(), file == null ? "" : ", in " + file);
    err.println(Visible.of(shape.rule()));
    summary.leftOut().forEach((what, count) -> err.printf("left out, %s: %d%n", what, count));
  }
}
