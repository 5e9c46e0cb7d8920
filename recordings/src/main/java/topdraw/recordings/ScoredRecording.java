package topdraw.recordings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reward.Reward;
import topdraw.selection.Selector;

/// A recording whose draws are scored by more rewards while it is read: each reading scores anew.
public final class ScoredRecording extends RecordingView {
  private final List<Reward> rewards;
  private final BiConsumer<String, Score> told;
  private final Map<String, Long> unscored = new LinkedHashMap<>();

  /// A recording with more scores.
  ///
  /// @param recording the recording; stays the caller's to close
  /// @param rewards what scores it; stay the caller's to close
  /// @param told of every new score, by reward
  /// @throws InputException if the recording has scores of one of that name, or two have one name
  public ScoredRecording(
      Recording recording, List<Reward> rewards, BiConsumer<String, Score> told) {
    super(recording);
    this.told = told;
    this.rewards = List.copyOf(rewards);
    for (Reward reward : rewards) {
      if (recording.rewards().contains(reward.name()) || unscored.put(reward.name(), 0L) != null) {
        throw new InputException(
            Problem.CONFLICT, recording.name() + " has scores of " + reward.name() + " already");
      }
    }
  }

  /// {@inheritDoc}
  ///
  /// @throws CancellationException if the thread is interrupted
  @Override
  public void forEach(Consumer<PromptDraws> prompts) throws IOException {
    unscored.replaceAll((reward, count) -> 0L);
    recording.forEach(
        prompt -> {
          if (Thread.interrupted()) {
            throw new CancellationException("interrupted");
          }
          prompts.accept(scored(prompt));
        });
  }

  private PromptDraws scored(PromptDraws prompt) {
    List<Draw> draws = Selector.scored(rewards, prompt);
    for (Reward reward : rewards) {
      for (Draw draw : draws) {
        Score score = draw.scores().of(reward.name());
        told.accept(reward.name(), score);
        unscored.merge(reward.name(), score instanceof Score.Missing ? 1L : 0L, Long::sum);
      }
    }
    return new PromptDraws(prompt.key(), prompt.prompt(), draws);
  }

  /// How many draws have no score, after a reading.
  ///
  /// @return their number by reward
  public Map<String, Long> unscored() {
    return new LinkedHashMap<>(unscored);
  }

  @Override
  public List<String> rewards() {
    List<String> names = new ArrayList<>(super.rewards());
    rewards.forEach(reward -> names.add(reward.name()));
    return names;
  }
}
