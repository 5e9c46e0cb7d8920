package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.draw.PromptDraws;

/// In how many prompts every completion has the same reward, so that selection changes nothing.
final class FlatRewardCheck implements Check<FlatRewardCheck> {
  private static final long serialVersionUID = 1;
  private static final double MUCH = 0.5;

  private final String reward;
  private final Occurrences flat = new Occurrences();
  private long prompts;

  FlatRewardCheck(String reward) {
    this.reward = reward;
  }

  @Override
  public void look(PromptDraws prompt, long position) {
    if (prompt.draws().size() == 1) {
      return;
    }
    prompts++;
    double[] ranks = prompt.ranks(reward);
    if (Arrays.stream(ranks).allMatch(rank -> rank == ranks[0])) {
      flat.add(position, prompt.draws().getFirst().place());
    }
  }

  @Override
  public void merge(FlatRewardCheck other) {
    flat.merge(other.flat);
    prompts += other.prompts;
  }

  @Override
  public Optional<Verdict> verdict() {
    if (flat.count() == 0) {
      return Optional.empty();
    }
    String found =
        "%d of %s with one reward for all completions: there no n changes anything"
            .formatted(flat.count(), prompts == 1 ? "1 prompt" : prompts + " prompts");
    return Optional.of(
        flat.count() < MUCH * prompts
            ? Verdict.ok("equal rewards " + reward, found)
            : Verdict.warn("equal rewards " + reward, found, flat.first()));
  }
}
