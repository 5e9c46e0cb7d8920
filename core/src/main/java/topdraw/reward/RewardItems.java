package topdraw.reward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// Our own way to ask for scores, of a program or of a server: items in, a score for each id out.
///
///     {"items":[{"id":"0","prompt":"…","completion":"…"}, …]}
///     {"rewards":[{"id":"0","value":1.5}, {"id":"1","steps":[0.9,0.4]}, {"id":"2","value":null,"error":"why"}, …]}
public final class RewardItems {
  private RewardItems() {}

  /// The question.
  ///
  /// @param prompt what was asked
  /// @param texts the completions
  /// @param first the id of the first of them
  /// @return one line of JSON
  public static String request(String prompt, List<String> texts, long first) {
    return Json.line(Map.of("items", items(prompt, texts, first)));
  }

  /// The items of a question.
  ///
  /// @param prompt what was asked
  /// @param texts the completions
  /// @param first the id of the first of them
  /// @return an item a completion
  public static List<Map<String, String>> items(String prompt, List<String> texts, long first) {
    List<Map<String, String>> items = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      items.add(
          Map.of(
              "id", Long.toString(first + i),
              "prompt", prompt,
              "completion", texts.get(i)));
    }
    return items;
  }

  static List<AnsweredItem> read(String answer, String who, long first, int count) {
    return read(Json.read(answer), who, first, count);
  }

  /// Reads an answer.
  ///
  /// @param answer the answer
  /// @param who answered, as `the program`
  /// @param first the id of the first completion
  /// @param count how many there are
  /// @return an item a completion, in their order
  /// @throws InputException if the ids are not those asked for, each once
  public static List<AnsweredItem> read(JsonNode answer, String who, long first, int count) {
    Map<String, AnsweredItem> byId = new HashMap<>();
    for (JsonNode entry : answer.path("rewards")) {
      if (byId.put(entry.path("id").asString(""), AnsweredItem.of(entry, who)) != null) {
        throw new InputException(
            Problem.MALFORMED, who + " scored id " + entry.path("id") + " more than once");
      }
    }
    List<AnsweredItem> items = new ArrayList<>();
    for (long id = first; id < first + count; id++) {
      AnsweredItem item = byId.remove(Long.toString(id));
      if (item == null) {
        throw new InputException(Problem.MALFORMED, who + " gave no score for id \"" + id + "\"");
      }
      items.add(item);
    }
    if (!byId.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED,
          who + " scored \"" + byId.keySet().iterator().next() + "\", which was not asked for");
    }
    return items;
  }
}
