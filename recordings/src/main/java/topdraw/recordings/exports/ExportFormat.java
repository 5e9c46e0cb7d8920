package topdraw.recordings.exports;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What a recording can be written as.
public enum ExportFormat {
  /// Prompt and best completion, as JSON Lines.
  SFT,
  /// Prompt, chosen and rejected completion, as JSON Lines.
  DPO,
  /// Prompt, completion and label, as JSON Lines.
  KTO,
  /// The samples as JSON Lines.
  JSONL,
  /// The samples as CSV, safe to open in a spreadsheet.
  CSV,
  /// The samples as Parquet.
  PARQUET;

  /// The word of the command line.
  ///
  /// @return the lower-case name
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is one that trainers read, and not the table of samples.
  ///
  /// @return true for `sft`, `dpo` and `kto`
  public boolean trains() {
    return this == SFT || this == DPO || this == KTO;
  }

  /// The format of a table, by the end of its name.
  ///
  /// @param file the file
  /// @return `jsonl`, `csv` or `parquet`
  /// @throws InputException if it ends otherwise
  public static ExportFormat ofTable(Path file) {
    return Arrays.stream(values())
        .filter(format -> !format.trains() && file.toString().endsWith("." + format.word()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNSUPPORTED,
                    file + ": a table ends in .jsonl, .csv or .parquet; give such a name"));
  }

  /// The format of a word.
  ///
  /// @param word what [#word] gives
  /// @return the format
  /// @throws InputException if there is none of that name
  public static ExportFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    Parameter.TO,
                    " is one of "
                        + Arrays.stream(values())
                            .map(ExportFormat::word)
                            .collect(Collectors.joining(", "))
                        + ", was "
                        + word));
  }
}
