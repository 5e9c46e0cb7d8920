package topdraw.recordings.exports;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.exports.PairShape.Rejected;

/// How a person asks for samples to become training data: some settings, of which each format has a
/// use for some.
///
/// @param format what is written
/// @param n only the first draws of each prompt; empty for all
/// @param reward the reward that decides; empty for the first
/// @param rejected which draw loses; empty for the worst
/// @param threshold from which reward on a draw is good; empty for the prompt's median
/// @param seed rejects the same random draws again
public record TrainingRequest(
    ExportFormat format,
    OptionalInt n,
    Optional<String> reward,
    Optional<String> rejected,
    OptionalDouble threshold,
    long seed) {

  /// Refuses what the format has no use for.
  ///
  /// @throws InputException if a setting is out of range, or for another format
  public TrainingRequest {
    only(format, format.trains(), Parameter.N, n.isPresent(), "sft, dpo and kto");
    only(format, format.trains(), Parameter.REWARD, reward.isPresent(), "sft, dpo and kto");
    only(format, format == ExportFormat.DPO, Parameter.REJECTED, rejected.isPresent(), "dpo");
    only(format, format == ExportFormat.KTO, Parameter.THRESHOLD, threshold.isPresent(), "kto");
    if (n.isPresent() && n.getAsInt() < 1) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          Parameter.N,
          " is a number of draws, at least 1, was " + n.getAsInt());
    }
    rejected.ifPresent(Rejected::of);
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          Parameter.THRESHOLD,
          " is a finite reward, was " + threshold.getAsDouble());
    }
  }

  private static void only(
      ExportFormat format, boolean allowed, Parameter setting, boolean given, String formats) {
    if (given && !allowed) {
      throw new InputException(
          Problem.CONFLICT,
          setting,
          " is for " + formats + ", not for ",
          Parameter.TO,
          " " + format.word());
    }
  }

  /// The shape of what is written.
  ///
  /// @param recording what is exported
  /// @return the shape
  /// @throws InputException if the recording lacks the reward
  public ExportShape shape(Recording recording) {
    return switch (format) {
      case SFT -> new WinnerShape(recording.reward(reward), n);
      case DPO ->
          new PairShape(
              recording.reward(reward), n, rejected.map(Rejected::of).orElse(Rejected.WORST), seed);
      case KTO -> new LabelShape(recording.reward(reward), n, threshold);
      case JSONL, CSV, PARQUET -> new TableShape(recording.rewards());
    };
  }
}
