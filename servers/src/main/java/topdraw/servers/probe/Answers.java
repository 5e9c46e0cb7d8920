package topdraw.servers.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;

/// The answers of one server: each question is asked once, however many probes read its answer.
final class Answers {
  private final ProbedServer server;
  private final Map<Question, List<Completion>> told = new LinkedHashMap<>();
  private Optional<ServerException> refusal = Optional.empty();

  Answers(ProbedServer server) {
    this.server = server;
  }

  /// The answer to a question; empty where the server takes no such question.
  ///
  /// @throws ServerException if it is gone, busy or wants another key
  Optional<Completion> to(Question question) {
    return allTo(question).stream().findFirst();
  }

  /// All completions of an answer.
  List<Completion> allTo(Question question) {
    List<Completion> known = told.get(question);
    if (known != null) return known;
    List<Completion> answer = asked(question);
    told.put(question, answer);
    return answer;
  }

  private List<Completion> asked(Question question) {
    try {
      return server.answer(question);
    } catch (ServerException e) {
      Failure failure = e.failure();
      boolean gone =
          failure.unanswered()
              || failure.kind() == Failure.Kind.NOT_ALLOWED
              || failure.kind() == Failure.Kind.BUSY;
      if (gone) throw e;
      refusal = refusal.or(() -> Optional.of(e));
      return List.of();
    }
  }

  /// How many completions were asked for.
  int completions() {
    return told.keySet().stream().mapToInt(Question::choices).sum();
  }

  /// The first refusal, where nothing at all was answered.
  Optional<ServerException> nothing() {
    return told.values().stream().allMatch(List::isEmpty) ? refusal : Optional.empty();
  }
}
