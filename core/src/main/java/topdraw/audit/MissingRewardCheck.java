package topdraw.audit;

import java.util.Optional;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// How many completions have no score of a reward.
final class MissingRewardCheck implements Check {
  private final String reward;
  private final Places missing = new Places();
  private long samples;

  MissingRewardCheck(String reward) {
    this.reward = reward;
  }

  @Override
  public void look(PromptSamples prompt) {
    for (Sample sample : prompt.samples()) {
      samples++;
      if (!sample.rewards().containsKey(reward)) {
        missing.add(sample.place());
      }
    }
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
