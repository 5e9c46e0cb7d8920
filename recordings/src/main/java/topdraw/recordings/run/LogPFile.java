package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.row.LogProbabilities;
import topdraw.reference.Rescored;
import topdraw.reference.Rescored.Reason;

/// What a second pass said of a run's samples: `log-p.jsonl`, its lines in the order of
/// `samples.jsonl` and keyed like them. It may be shorter than the run.
final class LogPFile implements AutoCloseable {
  static final String NO_COMPLETION = "no completion";

  private final String run;
  private final BatchFile file;

  private LogPFile(String run, BatchFile file) {
    this.run = run;
    this.file = file;
  }

  static Path path(Path folder) {
    return folder.resolve(RunFiles.LOG_P);
  }

  /// The file of a run; empty where there was no second pass.
  static Optional<LogPFile> of(Path folder, RunManifest manifest) throws IOException {
    return Files.exists(path(folder))
        ? Optional.of(
            new LogPFile(
                manifest.id(),
                BatchFile.open(path(folder), manifest.settings().n(), manifest.checksums())))
        : Optional.empty();
  }

  /// How many batches it has something of.
  int batches() {
    return file.batches();
  }

  /// What was said of a batch, in index order; empty of a draw that was not there.
  ///
  /// @param keys the samples that it must be of
  /// @throws InputException if a line is of another sample
  List<Optional<Rescored>> read(long batch, List<LineKey> keys) {
    List<Optional<Rescored>> said = new ArrayList<>();
    List<JsonNode> lines = batch < file.batches() ? file.read(batch) : List.of();
    for (int k = 0; k < keys.size(); k++) {
      if (lines.isEmpty()) {
        said.add(Optional.empty());
        continue;
      }
      JsonNode line = lines.get(k);
      try {
        keys.get(k).check(run, line);
        said.add(Line.rescored(line));
      } catch (JsonNodeException e) {
        throw new InputException(
                Problem.MALFORMED, place(batch * keys.size() + k) + ": " + e.getOriginalMessage())
            .by(e);
      } catch (IllegalArgumentException e) {
        throw InputException.at(place(batch * keys.size() + k), e);
      }
    }
    return said;
  }

  /// Where a line stands, counted from 0.
  String place(long line) {
    return file.place(line + 1);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// One line.
  ///
  /// @param v version of this layout, 1
  /// @param run the run's id
  /// @param promptId the prompt's key
  /// @param i the completion's index
  /// @param by who said it
  /// @param logprob the log-probability and what it is worth; null where there is none
  /// @param told the sum of the terms before a margin was taken off, in nats
  /// @param error why there is none
  @JsonInclude(Include.NON_NULL)
  record Line(
      int v,
      String run,
      @JsonProperty("prompt_id") String promptId,
      int i,
      String by,
      @JsonInclude(Include.ALWAYS) SampleLine.@Nullable LogP logprob,
      @Nullable Double told,
      @Nullable String error) {

    static Line of(String run, LineKey key, String by, Rescored said) {
      return switch (said) {
        case Rescored.Told told ->
            new Line(
                1,
                run,
                key.promptId(),
                key.i(),
                by,
                SampleLine.LogP.of(
                    told.logProbability(), OptionalDouble.of(told.tokens()), new double[0]),
                told.sum(),
                null);
        case Rescored.Not not ->
            new Line(1, run, key.promptId(), key.i(), by, null, null, not.why().words());
      };
    }

    /// The line of a sample that is not there.
    static Line none(String run, LineKey key, String by) {
      return new Line(1, run, key.promptId(), key.i(), by, null, null, NO_COMPLETION);
    }

    static String by(JsonNode line) {
      return line.path("by").asString("");
    }

    static boolean none(JsonNode line) {
      return line.path("error").asString("").equals(NO_COMPLETION);
    }

    static Optional<Rescored> rescored(JsonNode line) {
      if (line.path("logprob").isObject()) {
        int tokens = line.at("/logprob/tokens").intValue();
        return Optional.of(
            new Rescored.Told(
                LogProbabilities.of(line, LogProbabilities.sum(line.at("/logprob/sum")), false),
                tokens,
                line.path("told").doubleValue()));
      }
      String error = line.path("error").asString("");
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.words().equals(error))
          .findFirst()
          .map(Rescored.Not::new);
    }
  }
}
