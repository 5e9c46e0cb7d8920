package topdraw.audit;

import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Whether the probabilities of the distinct completions of a prompt stay within 1.
final class MassCheck implements Check<MassCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "probability mass";
  private static final double ROUNDING = 1e-9;

  private final Occurrences above = new Occurrences();
  private boolean recorded;

  @Override
  public void look(PromptDraws prompt, long position) {
    var seen = new boolean[prompt.draws().size()];
    double mass = 0;
    for (int i = 0; i < seen.length; i++) {
      if (!seen[prompt.outcome(i)]) {
        seen[prompt.outcome(i)] = true;
        mass += Math.exp(prompt.logProbability(i));
      }
    }
    recorded |= mass > 0;
    if (mass > 1 + ROUNDING) {
      above.add(
          position,
          prompt.draws().getFirst().place(),
          " (" + Math.round(mass * 1000) / 1000.0 + ")");
    }
  }

  @Override
  public void merge(MassCheck other) {
    above.merge(other.above);
    recorded |= other.recorded;
  }

  @Override
  public Optional<Verdict> verdict() {
    if (!recorded) {
      return Optional.empty();
    }
    return Optional.of(
        above.count() == 0
            ? Verdict.ok(
                NAME, "the distinct completions of each prompt hold at most 1 in probability")
            : Verdict.refuse(
                NAME,
                "the distinct completions of "
                    + above.counted("prompt")
                    + " hold more than 1 in probability, so these are not its probabilities",
                above.first(),
                Withholds.LOG_PROBABILITIES));
  }
}
