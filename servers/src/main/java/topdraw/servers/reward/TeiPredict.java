package topdraw.servers.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// Text Embeddings Inference's `/predict`: prompt and completion as a pair, at most 32 a question.
/// A model of one label gives its raw score; of a classifier one label's probability is the reward.
///
/// @param label the label that counts; empty where there is only one
/// @param alone whether the completion is looked at without its prompt
record TeiPredict(Optional<String> label, boolean alone) implements Protocol {
  @Override
  public int batch() {
    return 32;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    Map<String, Object> question = new LinkedHashMap<>();
    // A list of texts would be a pair: a list of lists is a batch.
    question.put(
        "inputs",
        texts.stream()
            .map(text -> alone ? List.of(text) : List.of(prompt.display(), text))
            .toList());
    question.put("raw_scores", label.isEmpty());
    question.put("truncate", false); // its default may be to cut
    return Scored.inOrder(client.post("/predict", question).json(), texts.size(), this::item);
  }

  private AnsweredItem item(JsonNode labels) {
    if (!labels.isArray()) return AnsweredItem.missing("the server gave no labels, but " + labels);
    for (JsonNode each : labels) {
      if (label.isEmpty()
          ? labels.size() == 1
          : label.get().equals(each.path("label").asString(""))) {
        return Scored.item(each.path("score"));
      }
    }
    List<String> there =
        labels.valueStream().map(each -> each.path("label").asString("?")).sorted().toList();
    return AnsweredItem.missing(
        label.isEmpty()
            ? "the model has the labels "
                + there
                + there.stream()
                    .findFirst()
                    .map(first -> "; say which counts, as in label=" + first)
                    .orElse("")
            : "the model has no label " + label.get() + ", only " + there);
  }
}
