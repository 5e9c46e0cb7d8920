package topdraw.servers.reward;

import java.util.List;
import topdraw.draw.Prompt;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// The words in which a server is asked for scores, and in which it answers.
interface Protocol {
  /// How many completions one question holds at most.
  int batch();

  /// Asks for the scores of some completions of a prompt.
  ///
  /// @param client asks
  /// @param prompt what was asked of the model
  /// @param texts at least one completion, at most [#batch]
  /// @param steps whether it is the steps that are wanted
  /// @return an item a completion, in their order
  /// @throws topdraw.servers.http.ServerException if the server gives no answer
  /// @throws UnreadableScores if the answer is not exactly what was asked for
  List<AnsweredItem> ask(ServerClient client, Prompt prompt, List<String> texts, boolean steps);

  /// An answer that does not hold a score for each completion, once.
  final class UnreadableScores extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableScores(String what) {
      super(what);
    }
  }
}
