package topdraw.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Whether two completions of a prompt share a seed, and with it their text.
final class SeedCheck implements Check {
  private final Places sameText = new Places();
  private final Places otherText = new Places();
  private boolean recorded;

  @Override
  public void look(PromptSamples prompt) {
    Map<String, String> known = new HashMap<>();
    for (Sample sample : prompt.samples()) {
      if (sample.seed().isPresent()) {
        recorded = true;
        String before = known.putIfAbsent(sample.seed().get(), sample.outcome());
        if (before != null) {
          (before.equals(sample.outcome()) ? sameText : otherText).add(sample.place());
        }
      }
    }
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
