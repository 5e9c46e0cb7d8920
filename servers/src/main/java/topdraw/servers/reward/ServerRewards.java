package topdraw.servers.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reward.Reward;
import topdraw.reward.RewardContext;
import topdraw.reward.RewardIdentity;
import topdraw.reward.RewardProvider;
import topdraw.servers.http.ServerClient;

/// Provides rewards that servers give: `vllm-score`, `vllm-classify`, `vllm-pooling`, `tei`,
/// `tei-rerank`, `openrlhf` and `http`, each with an address and, after blanks, its settings.
public final class ServerRewards implements RewardProvider {
  private static final int AT_ONCE = 8;
  private static final int LONGEST_TEMPLATE = 1 << 20;
  private static final int MOST_LABELS = 1_000;
  private static final String LABEL = "label";
  private static final String TEMPLATE = "template";
  private static final String LOOKS_AT = "looks-at";

  /// The service loader's constructor.
  public ServerRewards() {}

  @Override
  public List<Offer<Reward, RewardContext>> offers() {
    return List.of(
        vllm("vllm-score", List.of(Addressed.MODEL), (at, model) -> new VllmScore(model)),
        vllm(
            "vllm-classify",
            List.of(Addressed.MODEL, LABEL),
            (at, model) -> VllmConversation.classify(model, label(at))),
        vllm(
            "vllm-pooling",
            List.of(Addressed.MODEL, LABEL),
            (at, model) -> VllmConversation.pooling(model, label(at))),
        offer("tei", List.of(LABEL, LOOKS_AT), ServerRewards::predict),
        offer("tei-rerank", List.of(), at -> new TeiRerank()),
        offer("openrlhf", List.of(), at -> new OpenRlhf()),
        offer("http", List.of(TEMPLATE), ServerRewards::http));
  }

  private interface Opened {
    Protocol at(Addressed server) throws IOException;
  }

  private interface OfModel {
    Protocol of(Addressed server, String model);
  }

  private static Offer<Reward, RewardContext> offer(
      String name, List<String> takes, Opened opened) {
    return new Offer<>(
        name,
        name + ":URL",
        (asked, context) -> {
          Addressed server = Addressed.of(asked, takes);
          Protocol protocol = opened.at(server);
          return reward(asked, server, protocol, server.client(context, Addressed.KEY), "");
        });
  }

  private static Offer<Reward, RewardContext> vllm(
      String name, List<String> takes, OfModel opened) {
    return new Offer<>(
        name,
        name + ":URL",
        (asked, context) -> {
          Addressed server = Addressed.of(asked, takes);
          server.atOnce(AT_ONCE);
          label(server);
          ServerClient client = server.client(context, Addressed.KEY);
          try {
            String model = server.model(client);
            return reward(asked, server, opened.of(server, model), client, model);
          } catch (RuntimeException | IOException e) {
            client.close();
            throw e;
          }
        });
  }

  private static Reward reward(
      Asked asked, Addressed server, Protocol protocol, ServerClient client, String model) {
    RewardIdentity identity =
        RewardIdentity.of(
            server.name(),
            "1",
            Map.of(
                "kind",
                asked.name(),
                "settings",
                server.identity(),
                "model",
                model,
                "protocol",
                protocol instanceof TemplateProtocol template ? template.words() : ""));
    return new ServerReward(identity, client, protocol, server.atOnce(AT_ONCE));
  }

  private static OptionalInt label(Addressed server) {
    return server.number(LABEL, 0, MOST_LABELS);
  }

  private static Protocol predict(Addressed server) {
    String looksAt = server.setting(LOOKS_AT).orElse("both");
    if (!List.of("both", "completion").contains(looksAt)) {
      throw new InputException(
          Problem.UNKNOWN, "tei: looks-at is both or completion, was " + looksAt);
    }
    return new TeiPredict(server.setting(LABEL), looksAt.equals("completion"));
  }

  private static Protocol http(Addressed server) throws IOException {
    Optional<String> file = server.setting(TEMPLATE);
    if (file.isEmpty()) return new ItemsProtocol(new AtomicLong());
    try {
      return TemplateProtocol.of(GivenFile.text(Path.of(file.get()), LONGEST_TEMPLATE));
    } catch (InputException e) {
      throw InputException.at("http: " + file.get(), e);
    }
  }
}
