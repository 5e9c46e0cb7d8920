package topdraw.recordings.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Scores;
import topdraw.recordings.run.RecordedPrompt;
import topdraw.recordings.run.RunReader;
import topdraw.reference.Answer;
import topdraw.reference.Capabilities;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;

/// Replays a recorded run: draw `i` of a prompt is what it was when the run was recorded. It never
/// draws anything new, so more than was recorded is refused.
public final class RecordedPolicy implements ReferencePolicy {
  private final RunReader run;
  private final Map<String, List<Integer>> positions = new HashMap<>();
  private final boolean logProbabilities;
  private int lastPosition = -1;
  private @Nullable RecordedPrompt last;

  private RecordedPolicy(RunReader run) {
    this.run = run;
    boolean proven = true;
    for (int p = 0; p < run.prompts(); p++) {
      RecordedPrompt first = run.batch(p);
      proven &= first.draws().stream().allMatch(draw -> draw.logProbability().proves());
      String key = first.key();
      int suffix = key.indexOf('#');
      positions
          .computeIfAbsent(suffix < 0 ? key : key.substring(0, suffix), prompt -> new ArrayList<>())
          .add(p);
    }
    logProbabilities = proven;
  }

  /// Opens a run for replay.
  ///
  /// @param folder the run's folder
  /// @return the policy; the caller closes it
  /// @throws topdraw.input.InputException if it holds no run
  /// @throws IOException if it cannot be read
  public static RecordedPolicy open(Path folder) throws IOException {
    return new RecordedPolicy(RunReader.open(folder));
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    ReferencePolicy.oneByOne(requests, answers, this::answer);
  }

  /// Equal prompts of a file share their draws out in turn.
  private Answer answer(Request request) {
    String asked = request.prompt().display();
    List<Integer> occurrences = positions.get(request.prompt().key());
    if (occurrences == null) {
      return new Answer.Refused("the recording has no prompt \"" + asked + "\"; record it");
    }
    RecordedPrompt recorded = prompt(occurrences.get(request.index() % occurrences.size()));
    int i = request.index() / occurrences.size();
    for (Draw draw : recorded.draws()) {
      if (draw.index() == i) {
        return new Answer.Drawn(draw.withIndex(request.index()).withScores(Scores.none()));
      }
    }
    for (RecordedPrompt.Absent absent : recorded.absent()) {
      if (absent.index() == i) {
        return absent.again()
            ? new Answer.Failed(absent.reason(), false)
            : new Answer.Refused(absent.reason());
      }
    }
    return new Answer.Refused(
        "the recording has %d completions of \"%s\", was asked for number %d; record more batches"
            .formatted(
                recorded.batches() * recorded.n() * occurrences.size(),
                asked,
                request.index() + 1));
  }

  private RecordedPrompt prompt(int position) {
    RecordedPrompt prompt = last;
    if (prompt == null || position != lastPosition) {
      prompt = run.prompt(position);
      last = prompt;
      lastPosition = position;
    }
    return prompt;
  }

  /// {@inheritDoc}
  ///
  /// What its draws know of their log-probability is taken from the first batch of each prompt.
  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, logProbabilities, run.manifest().settings().n());
  }

  @Override
  public Provenance provenance() {
    return run.manifest().settings().provenance();
  }

  @Override
  public void close() {
    try {
      run.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
