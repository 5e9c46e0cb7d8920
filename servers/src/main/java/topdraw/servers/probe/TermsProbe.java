package topdraw.servers.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.draw.FinishReason;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// Whether every token has a log-probability, and an id: short answers, and one of characters that
/// are several tokens each.
final class TermsProbe {
  private static final int ASCII = 0x80;

  /// @param terms which tokens have a log-probability
  /// @param ids whether each has an id
  record Told(Terms terms, boolean ids) {}

  Found<Told> read(Answers answers) {
    List<Completion> told =
        Stream.of(
                answers.to(Question.answer(Question.SEED)),
                answers.to(Question.answer(Question.SEED + 1)),
                answers.to(Question.characters()))
            .flatMap(Optional::stream)
            .toList();
    if (told.isEmpty()) return found(Terms.UNKNOWN, false, "no answer came");
    List<Completion> having = told.stream().filter(c -> !c.entries().isEmpty()).toList();
    if (having.isEmpty()) return found(Terms.NONE, false, "no answer has log-probabilities");
    boolean ids = having.stream().allMatch(c -> c.tokenIds().length > 0);
    if (having.stream().anyMatch(c -> c.tokens().isEmpty())) {
      return found(Terms.UNKNOWN, ids, "no answer says how many tokens it has");
    }
    List<Completion> lacking = having.stream().filter(c -> !accounted(c)).toList();
    if (lacking.isEmpty()) {
      return found(Terms.ALL, ids, "%d answers have one for each token".formatted(having.size()));
    }
    Optional<Completion> plain = lacking.stream().filter(c -> !special(c.text())).findFirst();
    return plain.isPresent()
        ? found(Terms.SOME, ids, "%s in plain letters".formatted(gap(plain.get())))
        : found(
            Terms.WHOLE_CHARACTERS,
            ids,
            "%s with characters of several tokens, and plain answers lack none"
                .formatted(gap(lacking.getFirst())));
  }

  private static Found<Told> found(Terms terms, boolean ids, String seen) {
    String evidence = seen + (terms == Terms.NONE || !ids ? "" : "; tokens have ids");
    return new Found<>(new Told(terms, ids), evidence);
  }

  private static String gap(Completion told) {
    return "%d log-probabilities for %d tokens in an answer"
        .formatted(told.entries().size(), told.tokens().orElse(0));
  }

  /// Beside the end token, which another probe looks for.
  private static boolean accounted(Completion told) {
    int entries = told.entries().size();
    int tokens = told.tokens().orElse(0);
    boolean ended = !FinishReason.of(told.finish()).cut();
    return entries == tokens || (ended && entries == tokens - 1 && told.endsBeforeItsEnd());
  }

  private static boolean special(String text) {
    return text.chars().anyMatch(c -> c >= ASCII);
  }
}
