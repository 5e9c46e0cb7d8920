package topdraw.reference;

import java.util.List;

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
  /// @return the log-odds in nats, one per question, in their order
  /// @throws IllegalArgumentException if a question does not fit the model, or the answers begin
  ///     with the same token
  double[] logOdds(List<Prompt> questions, String yes, String no);
}
