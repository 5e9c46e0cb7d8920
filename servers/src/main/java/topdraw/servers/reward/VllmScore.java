package topdraw.servers.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Prompt;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// vLLM's `/score`: how well a completion goes with the prompt, by a model of one label. Raw, for
/// its default is a sigmoid, under which high scores become equal.
///
/// @param model the model's name there
record VllmScore(String model) implements Protocol {
  @Override
  public int batch() {
    return 32;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("model", model);
    question.put("text_1", prompt.display());
    question.put("text_2", texts);
    question.put("use_activation", false);
    return Scored.byIndex(
        client.post("/score", question).json().path("data"),
        texts.size(),
        entry -> Scored.item(entry.path("score")));
  }
}
