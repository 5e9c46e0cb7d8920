package topdraw.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.TrainingRequest;

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

  /// What is asked for.
  ///
  /// @throws topdraw.input.InputException if an option is out of range, or for another format
  TrainingRequest request(ExportFormat format) {
    return new TrainingRequest(
        format,
        Given.of(n),
        Optional.ofNullable(reward),
        Optional.ofNullable(rejected),
        Given.of(threshold),
        seed);
  }
}
