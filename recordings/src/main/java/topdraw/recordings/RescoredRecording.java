package topdraw.recordings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.reference.Rescored;
import topdraw.reference.SecondPass;
import topdraw.reference.SecondPassSummary;

/// A recording whose draws have the log-probabilities of a second pass where their own prove
/// nothing: each reading scores anew.
public final class RescoredRecording extends RecordingView {
  private final SecondPass pass;
  private final UnaryOperator<Prompt> asked;
  private SecondPassSummary summary = new SecondPassSummary();

  /// A recording with more log-probabilities.
  ///
  /// @param recording the recording; stays the caller's to close
  /// @param pass says how likely completions are; stays the caller's to close
  /// @param asked what was asked where a prompt is recorded
  public RescoredRecording(Recording recording, SecondPass pass, UnaryOperator<Prompt> asked) {
    super(recording);
    this.pass = pass;
    this.asked = asked;
  }

  /// {@inheritDoc}
  ///
  /// @throws CancellationException if the thread is interrupted
  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    summary = new SecondPassSummary();
    recording.forEach(
        prompt -> {
          if (Thread.interrupted()) {
            throw new CancellationException("interrupted");
          }
          prompts.accept(rescored(prompt));
        });
  }

  private PromptDraws rescored(PromptDraws prompt) {
    List<Rescored> said =
        pass.of(new PromptDraws(prompt.key(), prompt.prompt().map(asked), prompt.draws()));
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Draw recorded = prompt.draws().get(i);
      summary.add(recorded, said.get(i));
      draws.add(said.get(i).on(recorded));
    }
    return new PromptDraws(prompt.key(), prompt.prompt(), draws);
  }

  /// What came of it, after a reading.
  ///
  /// @return what was added, and how far it is from what was recorded
  public SecondPassSummary summary() {
    return summary;
  }
}
