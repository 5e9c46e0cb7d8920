package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.recordings.BadRows;
import topdraw.recordings.Mapping;
import topdraw.recordings.Recording;

/// The options of commands that read recorded samples: which column holds what, and which rewards
/// count.
final class RecordingOptions {
  @Option(
      names = "--map",
      split = ",",
      paramLabel = "FIELD=COLUMN",
      description =
          "Which column holds what: prompt_id, prompt, context, system, history, messages, text,"
              + " reward, gold, log_p, tokens, seconds, finish, seed. Guessed and shown when not"
              + " given; dots go into objects.")
  private List<String> map = List.of();

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

  @Option(
      names = "--log-p",
      paramLabel = "policy",
      description =
          "Say 'policy' when the log-probabilities are of the distribution sampled from, end token"
              + " included.")
  private @Nullable String logP;

  @Option(names = "--strict", description = "A row that cannot be read is an error.")
  private boolean strict;

  /// Opens the recording and says what was taken for what.
  ///
  /// @throws IllegalArgumentException if nothing is there to read, or a row cannot be read and that
  ///   is an error
  Recording open(List<String> inputs, PrintWriter err) throws IOException {
    Recording recording = Recording.open(inputs, mapping());
    if (strict && recording.bad().count() > 0) {
      try (recording) {
        throw new IllegalArgumentException(refused(recording.bad()));
      }
    }
    AnalysisText.columns(recording).forEach(err::println);
    return recording;
  }

  private static String refused(BadRows bad) {
    String first = String.join("; ", bad.first());
    return "%s (--strict; %d such row%s)"
        .formatted(first, bad.count(), bad.count() == 1 ? "" : "s");
  }

  private Mapping mapping() {
    if (logP != null && !logP.equals("policy")) {
      throw new IllegalArgumentException("--log-p can only be 'policy', was '" + logP + "'");
    }
    List<String> named = Stream.of(reward, gold).flatMap(Stream::ofNullable).toList();
    return new Mapping(Mapping.parse(map), named, logP != null);
  }

  /// The reward that selects: unless named, the first that is not the gold one.
  String selects(Recording recording) {
    if (reward != null || recording.rewards().isEmpty()) {
      return selects(reward, recording);
    }
    return recording.rewards().stream()
        .filter(name -> !name.equals(goldName().orElse("")))
        .findFirst()
        .orElse(recording.rewards().getFirst());
  }

  /// The reward of this name, else the first.
  static String selects(@Nullable String name, Recording recording) {
    if (recording.rewards().isEmpty()) {
      throw new IllegalArgumentException(
          "no reward was recognised; name its column with --map reward=COLUMN");
    }
    return name == null ? recording.rewards().getFirst() : known(name, recording);
  }

  /// Whether a reward was named that counts.
  boolean wantsGold() {
    return goldName().isPresent();
  }

  /// The reward that counts, where one was named.
  Optional<String> gold(Recording recording) {
    return goldName().map(name -> known(name, recording));
  }

  private Optional<String> goldName() {
    return Optional.ofNullable(gold == null ? Mapping.parse(map).get("gold") : gold);
  }

  private static String known(String name, Recording recording) {
    if (!recording.rewards().contains(name)) {
      throw new IllegalArgumentException(
          "no reward '" + name + "'; there is " + String.join(", ", recording.rewards()));
    }
    return name;
  }
}
