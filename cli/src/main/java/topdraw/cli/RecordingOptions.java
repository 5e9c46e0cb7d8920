package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topdraw.estimate.GoldQuestion;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Recordings;

/// The options of commands that read recorded samples: which column holds what, and which rewards
/// count.
final class RecordingOptions {
  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(
      names = "--reward",
      paramLabel = "NAME",
      description = "The recorded reward that selects. Default: the first.")
  private @Nullable String reward;

  @Option(
      names = "--gold",
      paramLabel = "NAME",
      description = "A recorded reward that counts: where does selecting by --reward stop paying?")
  private @Nullable String gold;

  /// Opens the recording and says what was taken for what.
  ///
  /// @throws IllegalArgumentException if nothing is there to read, or a row cannot be read and that
  ///   is an error
  Recording open(List<String> inputs, PrintWriter err) throws IOException {
    return imports.open(inputs, err, reward, gold);
  }

  /// Opens the recording on a cluster.
  ///
  /// @param master the cluster
  /// @throws IllegalArgumentException also where that reads it on one machine only
  Recording onCluster(String master, List<String> inputs, PrintWriter err) throws IOException {
    if (imports.choosesPrompts()) {
      throw new InputException(
          Problem.CONFLICT,
          "--spark %s measures all prompts; leave --prompt out".formatted(master));
    }
    return imports.open(
        (files, mapping) -> Recordings.onCluster(SparkMaster.of(master), files, mapping),
        inputs,
        err,
        reward,
        gold);
  }

  /// The reward that selects: unless named, the first that is not the gold one.
  String selects(Recording recording) {
    return recording.reward(Optional.ofNullable(reward), goldName());
  }

  /// Refuses what is wrong whatever is recorded.
  ///
  /// @return what stands for the reward that counts, where one was named
  Optional<String> check() {
    Optional<String> counts = goldName();
    if (reward != null && counts.isPresent()) {
      new GoldQuestion(reward, counts.get(), Optional.empty());
    }
    return counts.map(_ -> "gold");
  }

  /// Whether a reward was named that counts.
  boolean wantsGold() {
    return goldName().isPresent();
  }

  /// The reward that counts, where one was named.
  Optional<String> gold(Recording recording) {
    return goldName().map(name -> recording.reward(Optional.of(name)));
  }

  private Optional<String> goldName() {
    return Optional.ofNullable(gold).or(imports::gold);
  }
}
