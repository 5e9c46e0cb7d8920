package topdraw.servers.probe;

import java.util.Optional;
import java.util.stream.Stream;
import topdraw.servers.probe.Completion.Entry;

/// Whether tokens that a small model drew ahead have 0 in place of their log-probability: drawn
/// with nothing cut off, since what is cut off leaves true zeros.
final class DrawnAheadProbe {
  private static final int RUN = 3;

  Found<Boolean> read(Answers answers) {
    long looked = 0;
    for (Completion told :
        Stream.of(
                answers.to(Question.answer(Question.SEED)),
                answers.to(Question.answer(Question.SEED + 1)),
                answers.to(Question.characters()))
            .flatMap(Optional::stream)
            .toList()) {
      looked += told.entries().size();
      int run = 0;
      for (Entry entry : told.entries()) {
        boolean contradicted = entry.zeroOfNoProbability() && entry.next().isPresent();
        run = entry.zeroOfNoProbability() ? run + 1 : 0;
        if (contradicted || run >= RUN) {
          return new Found<>(
              true,
              "a log-probability is 0 where other tokens are likely: drawn ahead by a small model");
        }
      }
    }
    return new Found<>(
        false, "none of %d log-probabilities is a 0 that cannot be".formatted(looked));
  }
}
