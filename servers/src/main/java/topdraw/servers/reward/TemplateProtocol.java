package topdraw.servers.reward;

import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// Any endpoint that takes JSON and gives JSON, one completion a question:
///
///     {"request": {"text": "${prompt} ${completion}"}, "score": "/result/0/score"}
///
/// `${prompt}` and `${completion}` stand inside texts; a text that is `${messages}` alone becomes the
/// conversation with the completion as its last turn. `score` is a JSON pointer to a number of the answer,
/// `steps` one to a list of numbers.
///
/// @param request what is sent, once filled in
/// @param score where the score is
/// @param ofSteps whether a list of steps is there
record TemplateProtocol(JsonNode request, JsonPointer score, boolean ofSteps) implements Protocol {
  /// @throws InputException if it is none, saying where
  static TemplateProtocol of(String text) {
    JsonNode template = Json.read(text);
    for (String name : template.propertyNames()) {
      if (!List.of("request", "score", "steps").contains(name)) {
        throw new InputException(
            Problem.UNKNOWN, "a template has request and score, or steps, and no " + name);
      }
    }
    boolean steps = template.has("steps");
    String place = template.path(steps ? "steps" : "score").asString("");
    if (!template.path("request").isObject()
        || steps == template.has("score")
        || !place.startsWith("/")) {
      throw new InputException(
          Problem.MALFORMED,
          "a template is {\"request\": {\"text\": \"${completion}\"}, \"score\": \"/score\"}, was "
              + template);
    }
    String body = template.get("request").toString();
    if (!body.contains("${completion}") && !body.contains("\"${messages}\"")) {
      throw new InputException(
          Problem.MISSING, "a template's request holds ${completion} or ${messages}, was " + body);
    }
    return new TemplateProtocol(template.get("request"), JsonPointer.compile(place), steps);
  }

  /// What scores depend on.
  String words() {
    return request + " " + score + " " + ofSteps;
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    JsonNode answer = client.post("", filled(request, prompt, texts.getFirst())).json();
    JsonNode found = answer.at(score);
    return List.of(
        ofSteps
            ? AnsweredItem.ofSteps(AnsweredItem.steps(found, Scored.SERVER), Scored.SERVER)
            : Scored.item(found));
  }

  /// Only texts are filled in, and as texts: what a completion says cannot end them.
  private static JsonNode filled(JsonNode node, Prompt prompt, String completion) {
    if (node.isString()) {
      String text = node.asString();
      if (text.equals("${messages}")) {
        return switch (prompt) {
          case Prompt.Chat chat -> VllmConversation.conversation(chat, completion);
          case Prompt.Text(String asked) ->
              VllmConversation.conversation((Prompt.Chat) Prompt.user(asked), completion);
        };
      }
      return Json.mapper().getNodeFactory().stringNode(filled(text, prompt.display(), completion));
    }
    if (node.isArray()) {
      ArrayNode list = Json.mapper().createArrayNode();
      node.forEach(each -> list.add(filled(each, prompt, completion)));
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = Json.mapper().createObjectNode();
      node.properties()
          .forEach(e -> object.set(e.getKey(), filled(e.getValue(), prompt, completion)));
      return object;
    }
    return node;
  }

  /// In one pass, so that a prompt that says `${completion}` is not filled in again.
  private static String filled(String text, String prompt, String completion) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("${prompt}", at)) {
        out.append(prompt);
        at += "${prompt}".length();
      } else if (text.startsWith("${completion}", at)) {
        out.append(completion);
        at += "${completion}".length();
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }
}
