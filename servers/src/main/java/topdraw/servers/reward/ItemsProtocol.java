package topdraw.servers.reward;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.reward.AnsweredItem;
import topdraw.reward.RewardItems;
import topdraw.servers.http.ServerClient;

/// Our own protocol ([RewardItems]), as a program speaks it on its standard input. No id comes
/// twice.
///
/// @param asked how many completions were asked about so far
record ItemsProtocol(AtomicLong asked) implements Protocol {
  @Override
  public int batch() {
    return 64;
  }

  @Override
  public List<AnsweredItem> ask(
      ServerClient client, Prompt prompt, List<String> texts, boolean steps) {
    long first = asked.getAndAdd(texts.size());
    try {
      return RewardItems.read(
          client
              .post("", Map.of("items", RewardItems.items(prompt.display(), texts, first)))
              .json(),
          Scored.SERVER,
          first,
          texts.size());
    } catch (InputException e) {
      throw new UnreadableScores(String.valueOf(e.getMessage()));
    }
  }
}
