package topdraw.servers.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topdraw.draw.Prompt;
import topdraw.reward.AnsweredItem;
import topdraw.servers.http.ServerClient;

/// Text Embeddings Inference's `/rerank`: answers come sorted by score and are mapped back by
/// index.
record TeiRerank() implements Protocol {
  @Override
  public int batch() {
    return 32;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("query", prompt.display());
    question.put("texts", texts);
    question.put("raw_scores", true);
    question.put("truncate", false);
    return Scored.byIndex(
        client.post("/rerank", question).json(),
        texts.size(),
        entry -> Scored.item(entry.path("score")));
  }
}
