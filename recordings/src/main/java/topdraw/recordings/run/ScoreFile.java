package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.reward.RewardIdentity;

/// Scores added to a run after it was drawn: `scores-HASH.jsonl`, one file a reward, its lines in
/// the order of `samples.jsonl` and keyed like them. It may be shorter than the run: what is not
/// scored yet is missing.
final class ScoreFile implements AutoCloseable {
  private final RewardIdentity reward;
  private final String run;
  private final BatchFile file;

  private ScoreFile(RewardIdentity reward, String run, BatchFile file) {
    this.reward = reward;
    this.run = run;
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
      BatchFile file = BatchFile.open(path, manifest.settings().n(), manifest.checksums());
      if (file.batches() == 0) {
        file.close();
      } else {
        files.add(new ScoreFile(named(folder, path, file), manifest.id(), file));
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

  /// The reward by which a file's scores are, which its name must be of: else the same scores would
  /// be there twice, or others than that reward's be gone on with.
  private static RewardIdentity named(Path folder, Path path, BatchFile file) throws IOException {
    try {
      RewardIdentity identity = identity(file);
      Path own = path(folder, identity);
      if (!own.getFileName().equals(path.getFileName())) {
        throw new InputException(
            Problem.CONFLICT,
            "%s: scores by %s, which are kept in %s; was the file renamed or copied?"
                .formatted(file.place(1), identity.name(), own.getFileName()));
      }
      return identity;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RewardIdentity identity(BatchFile file) {
    try {
      return identity(file.read(0).getFirst());
    } catch (JsonNodeException e) {
      throw new InputException(Problem.MALFORMED, file.place(1) + ": " + e.getOriginalMessage())
          .by(e);
    }
  }

  static RewardIdentity identity(JsonNode line) {
    JsonNode entry = line.at("/rewards/0");
    return new RewardIdentity(
        entry.path("name").asString(),
        entry.path("version").asString(),
        entry.path("settings_sha256").asString());
  }

  RewardIdentity reward() {
    return reward;
  }

  /// How many batches it has scores of.
  int batches() {
    return file.batches();
  }

  /// The scores of a batch, in index order.
  ///
  /// @param keys the samples that they must be of
  /// @throws InputException if a line is of another sample, or by another reward
  List<Score> scores(long batch, List<LineKey> keys) {
    int n = keys.size();
    if (batch >= file.batches()) {
      return Collections.nCopies(
          n, new Score.Missing("not scored yet; score the run by " + reward.name()));
    }
    List<JsonNode> lines = file.read(batch);
    List<Score> scores = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      JsonNode line = lines.get(k);
      try {
        keys.get(k).check(run, line);
        if (!identity(line).equals(reward)) {
          throw new InputException(Problem.CONFLICT, "a score by another reward");
        }
        scores.add(RewardEntry.score(line.at("/rewards/0")));
      } catch (JsonNodeException e) {
        throw new InputException(
                Problem.MALFORMED, place(batch * n + k) + ": " + e.getOriginalMessage())
            .by(e);
      } catch (IllegalArgumentException e) {
        throw InputException.at(place(batch * n + k), e);
      }
    }
    return scores;
  }

  /// Where a line stands, counted from 0.
  String place(long line) {
    return file.place(line + 1);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
