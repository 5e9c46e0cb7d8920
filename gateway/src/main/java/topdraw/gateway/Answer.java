package topdraw.gateway;

import java.util.List;
import java.util.OptionalDouble;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;

/// What a question is answered with.
///
/// @param run names the answer in logs, headers and the ledger
/// @param question what was asked
/// @param options how it was to be answered, request, headers and alias together
/// @param seed the seed of its draws; with the same model and settings it gives the same again
/// @param parts one for each answer that was asked for
public record Answer(String run, Question question, Options options, long seed, List<Part> parts) {
  /// Copies the list.
  public Answer {
    parts = List.copyOf(parts);
  }

  /// One answer.
  ///
  /// @param plan how it was to be chosen
  /// @param chosen what was chosen, among what
  /// @param entry what it was entered with in the ledger, in nats; empty where nobody counts
  public record Part(Plan plan, Chosen chosen, OptionalDouble entry) {}
}
