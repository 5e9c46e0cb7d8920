package topdraw.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.Outcome;
import topdraw.draw.PromptDraws;

/// Whether two completions of a prompt share a seed, and with it their text.
final class SeedCheck implements Check<SeedCheck> {
  private static final long serialVersionUID = 1;
  private final Occurrences sameText = new Occurrences();
  private final Occurrences otherText = new Occurrences();
  private boolean recorded;

  @Override
  public void look(PromptDraws prompt, long position) {
    Map<String, Outcome> known = new HashMap<>();
    for (Draw draw : prompt.draws()) {
      if (draw.origin().seed().isPresent()) {
        recorded = true;
        Outcome before = known.putIfAbsent(draw.origin().seed().get(), draw.outcome());
        if (before != null) {
          (before.equals(draw.outcome()) ? sameText : otherText).add(position, draw.place());
        }
      }
    }
  }

  @Override
  public void merge(SeedCheck other) {
    sameText.merge(other.sameText);
    otherText.merge(other.otherText);
    recorded |= other.recorded;
  }

  @Override
  public Optional<Verdict> verdict() {
    if (!recorded) {
      return Optional.empty();
    }
    if (sameText.count() > 0) {
      return Optional.of(
          Verdict.refuse(
              "seeds",
              sameText.counted("sample")
                  + " repeat both seed and text of another draw of the prompt: one draw written down"
                  + " twice",
              sameText.first(),
              Withholds.INDEPENDENCE));
    }
    return Optional.of(
        otherText.count() > 0
            ? Verdict.warn(
                "seeds",
                otherText.counted("sample") + " share a seed with another draw but not its text",
                otherText.first())
            : Verdict.ok("seeds", "no two completions of a prompt share a seed"));
  }
}
