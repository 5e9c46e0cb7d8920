package topdraw.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.LinearPattern;

/// Some prompts of a recording: the one of a key, or those in whose words a pattern is found.
public final class ChosenPrompts extends RecordingView {
  private final String chosen;
  private final Optional<LinearPattern> pattern;
  private long missing = -1; // not counted yet

  /// A view of some prompts.
  ///
  /// @param recording the recording; closed with the view
  /// @param chosen a prompt's key, or an RE2 pattern
  /// @throws InputException if it is empty, or a pattern that is too long or broken
  public ChosenPrompts(Recording recording, String chosen) {
    super(recording);
    if (chosen.isBlank()) {
      throw new InputException(
          Problem.MALFORMED, "a prompt's key or a pattern of its words is needed, was empty");
    }
    this.chosen = chosen;
    pattern =
        chosen.startsWith("sha256:") ? Optional.empty() : Optional.of(LinearPattern.of(chosen));
  }

  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    var counting = new Counting(prompts);
    recording.forEach(counting);
    counting.check();
  }

  @Override
  public void forEachWithoutTexts(Consumer<PromptDraws> prompts) throws IOException {
    var counting = new Counting(prompts);
    recording.forEachWithoutTexts(counting);
    counting.check();
  }

  private boolean matches(PromptDraws prompt) {
    return matches(prompt.key(), prompt.display());
  }

  private boolean matches(String key, String shown) {
    return key.equals(chosen) || pattern.map(words -> words.isIn(shown)).orElse(false);
  }

  /// Which prompts these are is a part of where the samples come from.
  @Override
  public List<String> columns() {
    return Stream.concat(recording.columns().stream(), Stream.of("prompts: only " + chosen))
        .toList();
  }

  /// What is missing of these prompts, as far as they are begun.
  @Override
  public long missing() {
    if (missing < 0) {
      missing = recording.missing(this::matches);
    }
    return missing;
  }

  @Override
  public void close() {
    try {
      recording.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes the prompts that are chosen.
  private final class Counting implements Consumer<PromptDraws> {
    private final Consumer<PromptDraws> taker;
    private long all;
    private long taken;

    Counting(Consumer<PromptDraws> taker) {
      this.taker = taker;
    }

    @Override
    public void accept(PromptDraws prompt) {
      all++;
      if (matches(prompt)) {
        taken++;
        taker.accept(prompt);
      }
    }

    void check() {
      if (taken == 0) {
        throw new InputException(
            Problem.UNKNOWN,
            "no prompt has the key or the pattern '%s' in its words; %d were read"
                .formatted(chosen, all));
      }
    }
  }
}
