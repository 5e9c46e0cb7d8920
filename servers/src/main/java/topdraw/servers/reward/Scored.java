package topdraw.servers.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Score;
import topdraw.reward.AnsweredItem;
import topdraw.reward.Steps;
import topdraw.servers.reward.Protocol.UnreadableScores;

/// Lists of scores, held to what was asked for.
final class Scored {
  static final String SERVER = "the server";

  private Scored() {}

  /// One score, or why there is none.
  static AnsweredItem item(JsonNode value) {
    return new AnsweredItem(
        value.isNumber()
            ? Score.of(value.doubleValue())
            : new Score.Missing(SERVER + " gave no number, but " + value),
        new Steps.Missing(SERVER + " scored the whole and no steps"));
  }

  /// Entries that say by `index` which completion they are of, in any order.
  ///
  /// @throws UnreadableScores if one is missing, comes twice, or was not asked for
  static List<AnsweredItem> byIndex(
      JsonNode list, int count, Function<JsonNode, AnsweredItem> read) {
    requireList(list, count);
    List<Optional<AnsweredItem>> found =
        new ArrayList<>(Collections.nCopies(count, Optional.empty()));
    for (JsonNode entry : list) {
      int index = entry.path("index").asInt(-1);
      if (index < 0 || index >= count) {
        throw new UnreadableScores(
            "a score of number " + entry.path("index") + ", which was not asked for");
      }
      if (found.get(index).isPresent()) {
        throw new UnreadableScores("two scores of number " + index);
      }
      found.set(index, Optional.of(read.apply(entry)));
    }
    return found.stream().map(Optional::orElseThrow).toList();
  }

  /// Entries in the order asked.
  ///
  /// @throws UnreadableScores if their number is another
  static List<AnsweredItem> inOrder(
      JsonNode list, int count, Function<JsonNode, AnsweredItem> read) {
    requireList(list, count);
    return list.valueStream().map(read).toList();
  }

  private static void requireList(JsonNode list, int count) {
    if (!list.isArray()) throw new UnreadableScores("no list of scores");
    if (list.size() != count) {
      throw new UnreadableScores(list.size() + " scores for " + count + " completions");
    }
  }
}
