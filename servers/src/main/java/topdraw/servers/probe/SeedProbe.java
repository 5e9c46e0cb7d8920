package topdraw.servers.probe;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Whether the same seed gives the same completion, and other seeds others. A server that answers
/// alike whatever the seed gives no draws.
final class SeedProbe {
  private static final int SEEDS = 4;

  /// @param seed whether the seed is heeded
  /// @param greedy whether answers are alike whatever the seed
  record Told(Heeded seed, boolean greedy) {}

  Found<Told> read(Answers answers) {
    Question question = Question.answer(Question.SEED);
    Optional<String> first = text(answers, question);
    Optional<String> again = text(answers, question.again());
    Optional<String> other = text(answers, Question.answer(Question.SEED + 1));
    if (first.isEmpty() || again.isEmpty() || other.isEmpty()) {
      return new Found<>(new Told(Heeded.UNKNOWN, false), "no answers to compare");
    }
    boolean same = first.equals(again);
    if (!first.equals(other)) {
      return new Found<>(
          new Told(Heeded.of(same), false),
          "asked twice with one seed it gives %s, with another seed another"
              .formatted(same ? "one completion" : "two completions"));
    }
    if (!same) {
      return new Found<>(
          new Told(Heeded.NO, false), "asked twice with one seed it gives two completions");
    }
    return alike(answers);
  }

  /// Short answers are often the same, a sentence about anything hardly ever.
  private static Found<Told> alike(Answers answers) {
    Set<String> texts = new LinkedHashSet<>();
    int told = 0;
    for (int i = 0; i < SEEDS && texts.size() < 2; i++) {
      Optional<String> text = text(answers, Question.sentence(Question.SEED + i));
      text.ifPresent(texts::add);
      if (text.isPresent()) told++;
    }
    if (told < SEEDS && texts.size() < 2) {
      return new Found<>(new Told(Heeded.UNKNOWN, false), "too few answers to compare");
    }
    return texts.size() > 1
        ? new Found<>(
            new Told(Heeded.YES, false), "asked twice with one seed it gives one completion")
        : new Found<>(
            new Told(Heeded.UNKNOWN, true),
            "it gives one completion for %d seeds at temperature 1: it does not sample, or something"
                    .formatted(SEEDS)
                + " on the way repeats answers");
  }

  private static Optional<String> text(Answers answers, Question question) {
    return answers.to(question).map(Completion::text);
  }
}
