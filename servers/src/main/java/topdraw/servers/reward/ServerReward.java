package topdraw.servers.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reward.AnsweredItem;
import topdraw.reward.RewardIdentity;
import topdraw.reward.StepReward;
import topdraw.reward.Steps;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.reward.Protocol.UnreadableScores;

/// A reward that a server gives. Questions go out several at a time and answers are put together in
/// the order of the completions.
///
/// A batch that the server refuses for what is in it is asked again one by one, so that one
/// completion that is too long leaves the others their scores. A server that answers nothing is not
/// asked for ever ([Patience]).
final class ServerReward implements StepReward {
  private final RewardIdentity identity;
  private final ServerClient client;
  private final Protocol protocol;
  private final AtOnce atOnce;
  private final Patience patience;

  ServerReward(RewardIdentity identity, ServerClient client, Protocol protocol, int atOnce) {
    this.identity = identity;
    this.client = client;
    this.protocol = protocol;
    this.atOnce = new AtOnce(atOnce);
    patience = new Patience(client.server());
  }

  @Override
  public String name() {
    return identity.name();
  }

  @Override
  public RewardIdentity identity() {
    return identity;
  }

  @Override
  public boolean scoresPrefixes() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return items(prompt, false).stream().map(AnsweredItem::score).toList();
  }

  @Override
  public List<Steps> steps(PromptDraws prompt) {
    return items(prompt, true).stream().map(AnsweredItem::steps).toList();
  }

  private List<AnsweredItem> items(PromptDraws prompt, boolean steps) {
    if (prompt.prompt().isEmpty()) {
      return Collections.nCopies(
          prompt.draws().size(), AnsweredItem.missing("the prompt is not recorded"));
    }
    List<String> texts = prompt.draws().stream().map(Draw::text).flatMap(Optional::stream).toList();
    Iterator<AnsweredItem> answers = all(prompt.prompt().get(), texts, steps).iterator();
    return prompt.draws().stream()
        .map(
            draw ->
                draw.text().isPresent()
                    ? answers.next()
                    : AnsweredItem.missing("the completion's text is not recorded"))
        .toList();
  }

  private List<AnsweredItem> all(Prompt prompt, List<String> texts, boolean steps) {
    List<Supplier<List<AnsweredItem>>> batches = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += protocol.batch()) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + protocol.batch()));
      batches.add(() -> asked(prompt, batch, steps));
    }
    return atOnce.ask(batches).stream().flatMap(List::stream).toList();
  }

  private List<AnsweredItem> asked(Prompt prompt, List<String> texts, boolean steps) {
    Optional<String> over = patience.over();
    if (over.isPresent()) return missing(texts, over.get());
    try {
      List<AnsweredItem> items = protocol.ask(client, prompt, texts, steps);
      patience.answered();
      return items;
    } catch (UnreadableScores e) {
      return missing(texts, client.server() + " answers with " + e.getMessage());
    } catch (ServerException e) {
      if (patience.failed(e.failure()) && texts.size() > 1) {
        List<AnsweredItem> one = new ArrayList<>();
        for (String text : texts) one.addAll(asked(prompt, List.of(text), steps));
        return one;
      }
      return missing(texts, e.failure().line());
    }
  }

  private static List<AnsweredItem> missing(List<String> texts, String reason) {
    return Collections.nCopies(texts.size(), AnsweredItem.missing(reason));
  }

  @Override
  public void close() {
    client.close();
  }
}
