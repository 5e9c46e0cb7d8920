package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import topdraw.sample.PromptSamples;
import topdraw.sample.Sample;

/// Whether a cache replayed one answer: all completions of a prompt equal, against the odds where
/// they are known, else a long text at least eight times.
final class ReplayCheck implements Check {
  private static final int MANY = 8;
  private static final int LONG_TEXT = 40;
  private static final double LOG_ODDS = Math.log(1e-6);

  private final Places replayed = new Places();
  private long judged;

  @Override
  public void look(PromptSamples prompt) {
    int n = prompt.samples().size();
    if (n < 2) {
      return;
    }
    judged++;
    Sample first = prompt.samples().getFirst();
    boolean allEqual = Arrays.stream(prompt.outcomes()).allMatch(outcome -> outcome == 0);
    boolean unlikely =
        first.usableLogProbability().isPresent()
            ? (n - 1) * first.usableLogProbability().getAsDouble() < LOG_ODDS
            : n >= MANY && first.text().orElse("").length() >= LONG_TEXT;
    if (allEqual && unlikely) {
      replayed.add(first.place());
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (judged == 0) {
      return Optional.empty();
    }
    return Optional.of(
        replayed.count() == 0
            ? Verdict.ok("replayed answers", "no prompt got one answer again and again")
            : Verdict.refuse(
                "replayed answers",
                "all completions of "
                    + replayed.counted("prompt")
                    + " are equal, as from a cache: these are not independent draws; record with a"
                    + " seed per draw and the cache off",
                replayed.first(),
                Withholds.INDEPENDENCE));
  }
}
