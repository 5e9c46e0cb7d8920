package topdraw.gateway.draw;

import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;

/// Where candidates come from. Safe for many threads; each call blocks its own, so it is given a
/// virtual one.
public interface Upstream extends AutoCloseable {

  /// The model's name.
  ///
  /// @return the name, as a person would say it
  String model();

  /// How many candidates one early stop asks for at once: as many as cost about one step.
  ///
  /// @return at least 1
  int ahead();

  /// Whether it can draw now.
  ///
  /// @return true where it answers
  boolean ready();

  /// Refuses a question that it cannot answer as it is meant.
  ///
  /// @param question what is asked
  /// @return the question, with a warning for what is answered in part
  /// @throws ApiException if it asks for what this model has not
  Question accept(Question question);

  /// Makes ready to draw candidates.
  ///
  /// @param question what is asked
  /// @param sampling how tokens are drawn
  /// @param seed the seed of the question's draws
  /// @return candidates to be drawn; the caller closes them
  /// @throws ApiException if the question is at fault
  /// @throws DrawFailedException if nothing can be drawn now
  Candidates ask(Question question, Sampling sampling, long seed);

  /// Lets go of the model.
  @Override
  void close();
}
