package topdraw.recordings.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.file.WholeFiles;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Adds something to each sample of a recorded run, in a file of its own beside the samples: in
/// their order and keyed like them, resumed, checked and synced as they are.
///
/// @param run the run
/// @param what what is added
/// @param progress is told, after each batch, how many lines have a place in the file
record LateLines(RunReader run, What what, LongConsumer progress) {

  /// What is added.
  interface What {
    /// Checks that a line is of this kind.
    ///
    /// @throws InputException if it is not
    void check(JsonNode line);

    /// Whether a line has nothing of its sample, so that it is tried again where there is one.
    boolean lacks(JsonNode line);

    /// The lines of a batch.
    ///
    /// @param batch its samples
    /// @param first the index of its first sample
    /// @param recorded the lines of an earlier call, if there was one; what they have stays
    List<?> lines(RecordedPrompt batch, int first, List<JsonNode> recorded);
  }

  /// Adds what is not there yet.
  ///
  /// @param file where it goes
  /// @throws InputException if the file holds something else
  /// @throws IOException if it cannot be read or written
  /// @throws CancellationException if the thread is interrupted; what is written stays
  void add(Path file) throws IOException {
    Check check = new Check();
    try (BatchLog log = open(file, check)) {
      if (!check.lacking(log.batches())) {
        goOn(log, run.batches());
        return;
      }
    }
    Path anew = file.resolveSibling(file.getFileName() + ".redrawn");
    try (BatchFile earlier = BatchFile.open(file, plan().n(), run.manifest().checksums());
        BatchLog log = open(anew, new Check())) {
      while (log.batches() < earlier.batches()) {
        if (check.lacking.contains(log.batches())) {
          append(log, Optional.of(earlier));
        } else {
          log.append(earlier.bytes(log.batches()));
        }
      }
    }
    WholeFiles.replace(file, anew);
    try (BatchLog log = open(file, new Check())) {
      goOn(log, run.batches());
    }
  }

  private RunPlan plan() {
    return RunPlan.of(run.manifest());
  }

  private BatchLog open(Path file, Check check) throws IOException {
    return BatchLog.open(file, plan().n(), run.manifest().checksums(), check);
  }

  private void goOn(BatchLog log, long batches) throws IOException {
    while (log.batches() < batches) {
      append(log, Optional.empty());
    }
  }

  /// Adds the next batch.
  private void append(BatchLog log, Optional<BatchFile> earlier) throws IOException {
    long number = log.batches();
    List<JsonNode> recorded = earlier.map(file -> file.read(number)).orElse(List.of());
    log.append(what.lines(run.batch(number), plan().firstIndex(number), recorded));
    progress.accept(log.batches() * plan().n());
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  /// Checks the keys of the samples, line by line, and remembers the batches with a completion that
  /// lacks something.
  private final class Check implements BatchLog.LineCheck {
    private final RunPlan plan = plan();
    private final Set<Long> lacking = new HashSet<>();
    private @Nullable RecordedPrompt batch;

    @Override
    public void check(long line, JsonNode json) {
      long number = line / plan.n();
      int k = (int) (line % plan.n());
      if (number >= run.batches()) {
        throw new InputException(Problem.MALFORMED, "more scores than the run has samples");
      }
      RecordedPrompt sampled = k == 0 || batch == null ? run.batch(number) : batch;
      batch = sampled;
      int i = plan.firstIndex(number) + k;
      new LineKey(sampled.key(), i).check(run.manifest().id(), json);
      what.check(json);
      if (what.lacks(json) && sampled.draws().stream().anyMatch(draw -> draw.index() == i)) {
        lacking.add(number);
      }
    }

    /// Whether one of the first batches is such a one.
    boolean lacking(long batches) {
      return lacking.stream().anyMatch(number -> number < batches);
    }
  }
}
