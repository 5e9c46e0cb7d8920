package topdraw.servers.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether one request for two completions gives two, and whether these are the ones of seeds in a
/// row. Draws do not depend on it: each is a request of its own.
final class ChoicesProbe {
  Found<Heeded> read(Answers answers) {
    Question one = Question.answer(Question.SEED);
    List<String> texts = answers.allTo(one.choices(2)).stream().map(Completion::text).toList();
    if (texts.isEmpty()) return new Found<>(Heeded.UNKNOWN, "it does not answer n = 2");
    if (texts.size() != 2) {
      return new Found<>(
          Heeded.NO, "it ignores n: asked for 2 it gives %d".formatted(texts.size()));
    }
    List<String> inARow =
        Stream.of(answers.to(one), answers.to(Question.answer(Question.SEED + 1)))
            .flatMap(Optional::stream)
            .map(Completion::text)
            .toList();
    return new Found<>(
        Heeded.YES,
        "asked for n = 2 it gives 2"
            + (texts.equals(inARow) ? ", those of the seed and of the next" : ""));
  }
}
