package topdraw.audit;

import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;

/// How many completions the token limit cut.
final class TruncationCheck implements Check<TruncationCheck> {
  private static final long serialVersionUID = 1;
  private static final double MUCH = 0.1;

  private final Occurrences cut = new Occurrences();
  private long recorded;

  @Override
  public void look(PromptDraws prompt, long position) {
    for (Draw draw : prompt.draws()) {
      if (draw.finish().word().isPresent()) {
        recorded++;
        if (draw.finish().cut()) {
          cut.add(position, draw.place());
        }
      }
    }
  }

  @Override
  public void merge(TruncationCheck other) {
    cut.merge(other.cut);
    recorded += other.recorded;
  }

  @Override
  public Optional<Verdict> verdict() {
    if (recorded == 0) {
      return Optional.empty();
    }
    String share =
        "%.3g %% of the completions were cut by the token limit"
            .formatted(100.0 * cut.count() / recorded);
    return Optional.of(
        cut.count() < MUCH * recorded
            ? Verdict.ok("truncation", share)
            : Verdict.warn(
                "truncation",
                share
                    + "; each is the event that an answer begins so, and rewards see only the beginning",
                cut.first()));
  }
}
