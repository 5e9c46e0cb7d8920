package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;
import topdraw.json.Json;
import topdraw.reward.RewardIdentity;

/// Scores added to a run after it was drawn: `scores-HASH.jsonl`, one file a reward, its lines in
/// the order of `samples.jsonl` and keyed like them. It may be shorter than the run: what is not
/// scored yet is missing.
final class ScoreFile implements AutoCloseable {
  private final RewardIdentity reward;
  private final BatchFile file;

  private ScoreFile(RewardIdentity reward, BatchFile file) {
    this.reward = reward;
    this.file = file;
  }

  /// Where a reward's scores go: the same reward always into the same file.
  static Path path(Path folder, RewardIdentity reward) {
    String hash = Json.sha256(Json.canonical(reward));
    return folder.resolve("scores-" + hash.substring(0, 12) + ".jsonl");
  }

  /// All score files of a run that hold a batch, in the order of their names.
  static List<ScoreFile> all(Path folder, RunManifest manifest) throws IOException {
    List<ScoreFile> files = new ArrayList<>();
    for (Path path : paths(folder)) {
      BatchFile file = BatchFile.open(path, manifest.settings().n());
      if (file.batches() == 0) {
        file.close();
      } else {
        files.add(new ScoreFile(identity(file.read(0).getFirst()), file));
      }
    }
    return files;
  }

  /// All score files of a run, in the order of their names.
  static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(p -> String.valueOf(p.getFileName()).matches("scores-[0-9a-f]+\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  private static RewardIdentity identity(JsonNode line) {
    JsonNode entry = line.at("/rewards/0");
    return new RewardIdentity(
        entry.path("name").asString(),
        entry.path("version").asString(),
        entry.path("settings_sha256").asString());
  }

  RewardIdentity reward() {
    return reward;
  }

  /// The scores of a batch, in index order.
  List<Score> scores(long batch, int n) {
    if (batch >= file.batches()) {
      return Collections.nCopies(
          n, new Score.Missing("not scored yet; score the run by " + reward.name()));
    }
    return file.read(batch).stream().map(line -> RewardEntry.score(line.at("/rewards/0"))).toList();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
