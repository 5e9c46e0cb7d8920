package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.reward.AnswerExtraction;

/// A recording whose draws' answers are taken out of their texts, so that votes can be counted.
///
/// @param recording the recording; stays the caller's to close
/// @param extraction what an answer is
public record AnsweredRecording(Recording recording, AnswerExtraction extraction)
    implements Recording {

  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    recording.forEach(prompt -> prompts.accept(answered(prompt)));
  }

  private PromptDraws answered(PromptDraws prompt) {
    List<Draw> draws =
        prompt.draws().stream()
            .map(draw -> draw.withAnswer(draw.text().flatMap(extraction::answer)))
            .toList();
    return new PromptDraws(prompt.key(), prompt.prompt(), draws);
  }

  @Override
  public List<String> rewards() {
    return recording.rewards();
  }

  @Override
  public String name() {
    return recording.name();
  }

  @Override
  public OptionalInt n() {
    return recording.n();
  }

  @Override
  public List<String> columns() {
    return recording.columns();
  }

  @Override
  public List<String> mappings() {
    return recording.mappings();
  }

  @Override
  public BadRows bad() {
    return recording.bad();
  }

  @Override
  public long missing() {
    return recording.missing();
  }

  @Override
  public List<Path> files() throws IOException {
    return recording.files();
  }

  @Override
  public Map<String, String> provenance() {
    return recording.provenance();
  }

  /// Nothing of its own.
  @Override
  public void close() {}
}
