package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;

/// Whether a cache replayed one answer: all completions of a prompt equal, against the odds where
/// they are known, else a long text at least eight times.
final class ReplayCheck implements Check<ReplayCheck> {
  private static final long serialVersionUID = 1;
  private static final int MANY = 8;
  private static final int LONG_TEXT = 40;
  private static final double LOG_ODDS = Math.log(1e-6);

  private final Occurrences replayed = new Occurrences();
  private long judged;

  @Override
  public void look(PromptDraws prompt, long position) {
    int n = prompt.draws().size();
    if (n < 2) {
      return;
    }
    judged++;
    Draw first = prompt.draws().getFirst();
    boolean allEqual = Arrays.stream(prompt.outcomes()).allMatch(outcome -> outcome == 0);
    OptionalDouble logP = first.logProbability().usable();
    boolean unlikely =
        logP.isPresent()
            ? (n - 1) * logP.getAsDouble() < LOG_ODDS
            : n >= MANY && first.text().orElse("").length() >= LONG_TEXT;
    if (allEqual && unlikely) {
      replayed.add(position, first.place());
    }
  }

  @Override
  public void merge(ReplayCheck other) {
    replayed.merge(other.replayed);
    judged += other.judged;
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
