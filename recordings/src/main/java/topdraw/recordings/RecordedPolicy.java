package topdraw.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import topdraw.reference.Completion;
import topdraw.reference.Prompt;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.selection.Candidate;

/// Replays a recorded run: draw `i` of a prompt is what it was when the run was recorded. It never
/// draws anything new, so asking for more than was recorded is an error.
public final class RecordedPolicy implements ReferencePolicy {
  private final RunReader run;
  private final Map<String, List<Integer>> positions = new HashMap<>();
  private int lastPosition = -1;
  private @Nullable RecordedPrompt last;

  private RecordedPolicy(RunReader run) {
    this.run = run;
    for (int p = 0; p < run.prompts(); p++) {
      String key = run.key(p);
      int suffix = key.indexOf('#');
      positions
          .computeIfAbsent(suffix < 0 ? key : key.substring(0, suffix), _ -> new ArrayList<>())
          .add(p);
    }
  }

  /// Opens a run for replay.
  ///
  /// @param folder the run's folder
  /// @return the policy; the caller closes it
  /// @throws IllegalArgumentException if it holds no run
  /// @throws IOException if it cannot be read
  public static RecordedPolicy open(Path folder) throws IOException {
    return new RecordedPolicy(RunReader.open(folder));
  }

  @Override
  public List<Completion> draw(Prompt prompt, int first, int count, DrawProgress progress) {
    List<Integer> occurrences = positions.get(prompt.key());
    if (occurrences == null) {
      throw new IllegalArgumentException(
          "the recording has no prompt \"" + prompt.display() + "\"; record it with topdraw run");
    }
    List<Completion> completions = new ArrayList<>(count);
    long tokens = 0;
    for (int draw = first; draw < first + count; draw++) {
      Completion completion = drawn(prompt, occurrences, draw);
      completions.add(completion);
      tokens += completion.length();
    }
    progress.drawn(count, tokens);
    return completions;
  }

  /// Equal prompts of a file share their draws out in turn.
  private Completion drawn(Prompt prompt, List<Integer> occurrences, int draw) {
    RecordedPrompt recorded = prompt(occurrences.get(draw % occurrences.size()));
    int i = draw / occurrences.size();
    List<Candidate> candidates = recorded.candidates();
    if (i >= candidates.size()) {
      throw new IllegalArgumentException(
          "the recording has "
              + candidates.size() * occurrences.size()
              + " completions of \""
              + prompt.display()
              + "\", was asked for number "
              + (draw + 1)
              + recorded
                  .refusal()
                  .map(why -> ": " + why)
                  .orElse("; record more with topdraw run --batches"));
    }
    Completion c = candidates.get(i).completion();
    return new Completion(draw, c.text(), c.tokens(), c.tokenLogProbabilities(), c.finishReason());
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

  @Override
  public Optional<String> refusal(Prompt prompt) {
    List<Integer> occurrences = positions.get(prompt.key());
    return occurrences == null
        ? Optional.of("the recording has no such prompt")
        : prompt(occurrences.getFirst()).refusal();
  }

  @Override
  public int width() {
    return run.manifest().settings().n();
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
