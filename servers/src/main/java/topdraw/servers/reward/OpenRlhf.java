package topdraw.servers.reward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Prompt;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// OpenRLHF's remote reward: the whole text, prompt and completion, in which the server looks for
/// nothing but what its model does. No chat template is put around it, since none is known here.
record OpenRlhf() implements Protocol {
  @Override
  public int batch() {
    return 32;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    String asked = prompt.display();
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("query", texts.stream().map(text -> asked + text).toList());
    question.put("prompts", Collections.nCopies(texts.size(), asked));
    question.put("labels", Collections.nCopies(texts.size(), ""));
    return Scored.inOrder(
        client.post("/get_reward", question).json().path("rewards"), texts.size(), Scored::item);
  }
}
