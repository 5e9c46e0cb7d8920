package topdraw.servers.probe;

import java.util.Optional;
import java.util.OptionalInt;

/// Whether a limit of one token is kept.
final class LengthProbe {
  Found<Heeded> read(Answers answers) {
    Optional<Completion> told = answers.to(Question.firstToken(1, 1));
    OptionalInt tokens = told.map(Completion::tokens).orElse(OptionalInt.empty());
    if (tokens.isEmpty()) {
      return new Found<>(Heeded.UNKNOWN, "no answer says whether a limit on tokens is kept");
    }
    return new Found<>(
        Heeded.of(tokens.getAsInt() <= 1),
        "asked for at most 1 token it draws %d".formatted(tokens.getAsInt()));
  }
}
