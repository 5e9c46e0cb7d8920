package topdraw.recordings;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.reward.AnswerExtraction;

/// A recording whose draws' answers are taken out of their texts, so that votes can be counted.
public final class AnsweredRecording extends RecordingView {
  private final AnswerExtraction extraction;

  /// A recording with answers.
  ///
  /// @param recording the recording; stays the caller's to close
  /// @param extraction what an answer is
  public AnsweredRecording(Recording recording, AnswerExtraction extraction) {
    super(recording);
    this.extraction = extraction;
  }

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
}
