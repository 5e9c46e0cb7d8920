package topdraw.audit;

import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;

/// How many completions have no score of a reward.
final class MissingRewardCheck implements Check<MissingRewardCheck> {
  private static final long serialVersionUID = 1;
  private final String reward;
  private final Occurrences missing = new Occurrences();
  private long samples;

  MissingRewardCheck(String reward) {
    this.reward = reward;
  }

  @Override
  public void look(PromptDraws prompt, long position) {
    for (Draw draw : prompt.draws()) {
      samples++;
      if (draw.scores().of(reward) instanceof Score.Missing) {
        missing.add(position, draw.place());
      }
    }
  }

  @Override
  public void merge(MissingRewardCheck other) {
    missing.merge(other.missing);
    samples += other.samples;
  }

  @Override
  public Optional<Verdict> verdict() {
    return Optional.of(
        missing.count() == 0
            ? Verdict.ok("reward " + reward, "every sample has a score")
            : Verdict.warn(
                "reward " + reward,
                missing.count()
                    + " of "
                    + samples
                    + " samples have no score; they rank below every score, so every bound still holds",
                missing.first()));
  }
}
