package topdraw.servers.reward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.reward.AnsweredItem;
import topdraw.reward.Steps;
import topdraw.servers.http.ServerClient;

/// vLLM's `/classify` and `/pooling`: the prompt and its completion as a conversation, so that the
/// server puts the model's own chat template around them, and no other; a prompt without turns is
/// sent as the text that it is.
///
/// A reward model has one label, and its raw reward is asked for (`use_activation: false`). Of a
/// classifier one label's probability is the reward. Steps come from `/pooling`, a row a step, as
/// the model gives them: of two numbers the second, which is that the step is right.
///
/// @param route `/classify` or `/pooling`
/// @param numbers where an entry's numbers stand: `probs` or `data`
/// @param model the model's name there
/// @param label the number of the label that counts; empty where there is only one
record VllmConversation(String route, String numbers, String model, OptionalInt label)
    implements Protocol {
  static VllmConversation classify(String model, OptionalInt label) {
    return new VllmConversation("/classify", "probs", model, label);
  }

  static VllmConversation pooling(String model, OptionalInt label) {
    return new VllmConversation("/pooling", "data", model, label);
  }

  /// One: a question is one conversation.
  @Override
  public int batch() {
    return 1;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("model", model);
    switch (prompt) {
      case Prompt.Chat chat -> question.put("messages", conversation(chat, texts.getFirst()));
      case Prompt.Text(String text) -> question.put("input", List.of(text + texts.getFirst()));
    }
    if (!steps && label.isEmpty()) question.put("use_activation", false);
    return Scored.byIndex(
        client.post(route, question).json().path("data"), 1, entry -> item(entry.path(numbers)));
  }

  /// The conversation with its answer, and no prompt for another.
  static ArrayNode conversation(Prompt.Chat chat, String completion) {
    ArrayNode messages = Json.mapper().createArrayNode();
    for (Prompt.Message message : chat.messages()) {
      var turn = messages.addObject().put("role", message.role()).put("content", message.content());
      message
          .more()
          .ifPresent(
              more ->
                  Json.read(more).properties().forEach(e -> turn.set(e.getKey(), e.getValue())));
    }
    messages.addObject().put("role", "assistant").put("content", completion);
    return messages;
  }

  private AnsweredItem item(JsonNode list) {
    if (list.path(0).isArray()) return rows(list);
    if (label.isPresent()) {
      return label.getAsInt() < list.size()
          ? Scored.item(list.get(label.getAsInt()))
          : AnsweredItem.missing("the model has " + list.size() + " labels, counted from 0");
    }
    return list.size() == 1
        ? Scored.item(list.get(0))
        : AnsweredItem.missing(
            "the model has " + list.size() + " labels; say which counts, as in label=0");
  }

  private static AnsweredItem rows(JsonNode rows) {
    List<Double> steps = new ArrayList<>();
    for (JsonNode row : rows) {
      JsonNode right = row.path(row.size() - 1);
      if (row.size() < 1 || row.size() > 2 || !right.isNumber()) {
        return AnsweredItem.missing("step " + steps.size() + " has the numbers " + row);
      }
      steps.add(right.doubleValue());
    }
    return AnsweredItem.ofSteps(new Steps.Scored(steps), Scored.SERVER);
  }
}
