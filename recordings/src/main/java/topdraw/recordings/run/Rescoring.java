package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.Rescored;
import topdraw.reference.SecondPass;
import topdraw.reference.SecondPassSummary;

/// Adds the log-probabilities of a second pass to a recorded run, in a file of their own: resumed,
/// checked and synced as the samples are, which stay as they were.
public final class Rescoring {
  private Rescoring() {}

  /// Scores what has not been looked at yet.
  ///
  /// @param folder the run's folder
  /// @param pass says how likely completions are
  /// @param progress is told, after each batch, how many lines have a place in the file
  /// @return what is there now, of this call and earlier ones
  /// @throws InputException if another second pass is in the folder, a line is broken, or somebody
  ///   is writing the run
  /// @throws IOException if a file cannot be read or written
  /// @throws CancellationException if the thread is interrupted; what is written stays, and the
  ///   same call goes on
  @SuppressWarnings("try") // the lock is held, not used
  public static SecondPassSummary score(Path folder, SecondPass pass, LongConsumer progress)
      throws IOException {
    try (RunReader run = RunReader.asRecorded(folder);
        RunLock lock = RunLock.of(folder)) {
      new LateLines(run, new ByPass(run, folder, pass), progress).add(LogPFile.path(folder));
      return summary(run, folder);
    }
  }

  private record ByPass(RunReader run, Path folder, SecondPass pass) implements LateLines.What {
    @Override
    public void check(JsonNode line) {
      String by = LogPFile.Line.by(line);
      if (!by.equals(pass.words())) {
        throw new InputException(
            Problem.CONFLICT,
            "these are the log-probabilities of another second pass, by %s, and this is %s; move %s away to begin anew"
                .formatted(by, pass.words(), LogPFile.path(folder)));
      }
    }

    @Override
    public boolean lacks(JsonNode line) {
      return LogPFile.Line.none(line);
    }

    @Override
    public List<?> lines(RecordedPrompt batch, int first, List<JsonNode> recorded) {
      String id = run.manifest().id();
      Map<Integer, Rescored> said = new HashMap<>();
      List<Draw> draws =
          batch.draws().stream()
              .filter(
                  draw ->
                      recorded.isEmpty() || LogPFile.Line.none(recorded.get(draw.index() - first)))
              .toList();
      if (!draws.isEmpty()) {
        List<Rescored> answers =
            pass.of(new PromptDraws(batch.key(), Optional.of(batch.prompt()), draws));
        for (int k = 0; k < draws.size(); k++) {
          said.put(draws.get(k).index(), answers.get(k));
        }
      }
      List<Object> lines = new ArrayList<>();
      for (int i = first; i < first + batch.n(); i++) {
        LineKey key = new LineKey(batch.key(), i);
        Optional<Rescored> earlier =
            recorded.isEmpty() ? Optional.empty() : LogPFile.Line.rescored(recorded.get(i - first));
        Optional<Rescored> now = earlier.or(() -> Optional.ofNullable(said.get(key.i())));
        lines.add(
            now.map(told -> LogPFile.Line.of(id, key, pass.words(), told))
                .orElseGet(() -> LogPFile.Line.none(id, key, pass.words())));
      }
      return lines;
    }
  }

  private static SecondPassSummary summary(RunReader run, Path folder) throws IOException {
    SecondPassSummary summary = new SecondPassSummary();
    RunPlan plan = RunPlan.of(run.manifest());
    Optional<LogPFile> file = LogPFile.of(folder, run.manifest());
    if (file.isEmpty()) {
      return summary;
    }
    try (LogPFile said = file.get()) {
      for (long number = 0; number < run.batches(); number++) {
        RecordedPrompt batch = run.batch(number);
        int first = plan.firstIndex(number);
        List<LineKey> keys =
            IntStream.range(first, first + plan.n())
                .mapToObj(i -> new LineKey(batch.key(), i))
                .toList();
        List<Optional<Rescored>> each = said.read(number, keys);
        for (Draw draw : batch.draws()) {
          each.get(draw.index() - first).ifPresent(told -> summary.add(draw, told));
        }
      }
    }
    return summary;
  }
}
