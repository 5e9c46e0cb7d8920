package topdraw.servers.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import topdraw.draw.FinishReason;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;

/// Whether the end token has a log-probability: short answers, until one has ended by itself.
final class EndTokenProbe {
  private static final int ALWAYS = 2;
  private static final int MOST = 6;

  Found<EndToken> read(Answers answers) {
    List<Completion> ended = new ArrayList<>();
    for (int i = 0; i < MOST && (i < ALWAYS || ended.isEmpty()); i++) {
      answers
          .to(Question.answer(Question.SEED + i))
          .filter(told -> FinishReason.of(told.finish()).end() == FinishReason.End.ENDED)
          .filter(told -> !told.entries().isEmpty())
          .ifPresent(ended::add);
    }
    if (ended.isEmpty()) {
      return new Found<>(
          EndToken.UNKNOWN, "no short answer with log-probabilities ended by itself");
    }
    Completion first = ended.getFirst();
    for (Completion told : ended) {
      if (of(told) == EndToken.EXCLUDED) return new Found<>(EndToken.EXCLUDED, seen(told));
      if (of(told) == EndToken.UNKNOWN) first = told;
    }
    return new Found<>(of(first), seen(first));
  }

  private static EndToken of(Completion told) {
    int entries = told.entries().size();
    int tokens = told.tokens().orElse(entries);
    if (told.endsWithItsEnd()) return tokens == entries ? EndToken.INCLUDED : EndToken.UNKNOWN;
    return told.endsBeforeItsEnd() && (tokens == entries || tokens == entries + 1)
        ? EndToken.EXCLUDED
        : EndToken.UNKNOWN;
  }

  private static String seen(Completion told) {
    OptionalInt tokens = told.tokens();
    return "an answer that ended by itself has %d log-probabilities%s, and the last is %sthe end token's"
        .formatted(
            told.entries().size(),
            tokens.isPresent() ? " for %d tokens".formatted(tokens.getAsInt()) : "",
            told.endsWithItsEnd() ? "" : "not ");
  }
}
