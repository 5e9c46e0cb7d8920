package topdraw.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportShape;
import topdraw.recordings.exports.LabelShape;
import topdraw.recordings.exports.PairShape;
import topdraw.recordings.exports.PairShape.Rejected;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.exports.WinnerShape;

/// The options that say which samples become training data.
final class TrainingOptions {
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

  /// The reward that decides; null where it is the first.
  @Nullable String reward() {
    return reward;
  }

  /// Refuses what the format has no use for.
  void check(ExportFormat format) {
    only(format, format.trains(), "-n", n, "sft, dpo and kto");
    only(format, format.trains(), "--reward", reward, "sft, dpo and kto");
    only(format, format == ExportFormat.DPO, "--rejected", rejected, "dpo");
    only(format, format == ExportFormat.KTO, "--threshold", threshold, "kto");
    if (n != null && n < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "-n is a number of draws, at least 1, was " + n);
    }
  }

  private static void only(
      ExportFormat format, boolean allowed, String option, @Nullable Object value, String formats) {
    if (value != null && !allowed) {
      throw new InputException(
          Problem.CONFLICT, option + " is for " + formats + ", not for --to " + format.word());
    }
  }

  ExportShape shape(ExportFormat format, Recording recording) {
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
    return recording.reward(Optional.ofNullable(reward));
  }
}
