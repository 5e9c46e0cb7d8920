package topdraw.reference;

import java.util.List;
import topdraw.draw.Prompt;
import topdraw.draw.Score;

/// A model that can be asked questions with two possible answers.
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
}
