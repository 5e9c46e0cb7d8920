package topdraw.audit;

import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Whether the completions of a prompt come from one model with one set of settings.
final class OriginCheck implements Check<OriginCheck> {
  private static final long serialVersionUID = 1;
  private final Occurrences mixed = new Occurrences();
  private boolean recorded;

  @Override
  public void look(PromptDraws prompt, long position) {
    long origins =
        prompt.draws().stream()
            .map(draw -> draw.origin().policy())
            .flatMap(Optional::stream)
            .distinct()
            .count();
    recorded |= origins > 0;
    if (origins > 1) {
      mixed.add(position, prompt.draws().getFirst().place());
    }
  }

  @Override
  public void merge(OriginCheck other) {
    mixed.merge(other.mixed);
    recorded |= other.recorded;
  }

  @Override
  public Optional<Verdict> verdict() {
    if (!recorded) {
      return Optional.empty();
    }
    return Optional.of(
        mixed.count() == 0
            ? Verdict.ok("one policy", "each prompt's completions have one model and one setting")
            : Verdict.refuse(
                "one policy",
                mixed.counted("prompt")
                    + " with completions of several models or settings: there is no one policy to drift"
                    + " from; analyze one at a time",
                mixed.first(),
                Withholds.INDEPENDENCE));
  }
}
