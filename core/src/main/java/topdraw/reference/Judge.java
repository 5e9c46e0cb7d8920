package topdraw.reference;

import java.util.Collections;
import java.util.List;
import topdraw.draw.Prompt;
import topdraw.draw.Score;

/// A model that can be asked questions with given answers.
public interface Judge {

  /// Names the model for good: its answers are those of this very model.
  ///
  /// @return the model's name and hash, where it has one
  default String model() {
    return "unnamed";
  }

  /// How much likelier the model finds one answer than the other, question by question:
  ///
  ///     log p(yes | question) - log p(no | question)
  ///
  /// at temperature 1 with nothing truncated, whatever the sampling of the draws.
  ///
  /// @param questions the questions
  /// @param yes the one answer, as `Yes`; its first token decides
  /// @param no the other answer, as `No`; its first token must differ
  /// @return the log-odds in nats, one per question, in their order; a missing score for a question
  ///   that does not fit the model, saying why
  /// @throws IllegalArgumentException if the answers begin with the same token
  List<Score> logOdds(List<Prompt> questions, String yes, String no);

  /// What the model answers to questions that each have the same answers.
  ///
  /// @param questions the questions
  /// @param answers the answers, such as the digits from 1 to 9; each begins with another token
  /// @return one verdict per question, in their order
  default List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
    return Collections.nCopies(
        questions.size(), new Verdict.Missing(model() + " answers Yes and No only"));
  }
}
