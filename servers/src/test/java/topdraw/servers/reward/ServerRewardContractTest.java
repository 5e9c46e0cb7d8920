package topdraw.servers.reward;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.reward.Reward;
import topdraw.reward.RewardContract;
import topdraw.servers.http.TestServer;

/// Every way to ask a server keeps the contract of rewards; the server finds long texts better.
class ServerRewardContractTest {
  private abstract static class OfServer extends RewardContract {
    private final String spec;
    private final TestServer server = TestServer.start(OfServer::answer);

    OfServer(String spec) {
      this.spec = spec;
    }

    @AfterEach
    void close() {
      server.close();
    }

    @Override
    protected Reward open() {
      return Texts.open(spec.replace("URL", server.url()));
    }

    private static void answer(TestServer.Asked asked, TestServer.Wire wire) throws IOException {
      JsonNode body = Json.read(asked.body());
      wire.json(
          switch (asked.path()) {
            case "/score" -> "{\"data\":" + indexed(body.get("text_2"), "score") + "}";
            case "/classify" ->
                "{\"data\":[{\"index\":0,\"probs\":["
                    + body.at("/messages/1/content").asString().length()
                    + "]}]}";
            case "/rerank" -> indexed(body.get("texts"), "score");
            case "/predict" ->
                lengths(body.get("inputs").valueStream().map(pair -> pair.get(1)).toList()).stream()
                    .map(n -> "[{\"label\":\"L\",\"score\":" + n + "}]")
                    .toList()
                    .toString();
            case "/get_reward" ->
                "{\"rewards\":" + lengths(body.get("query").valueStream().toList()) + "}";
            default ->
                "{\"rewards\":"
                    + body.get("items")
                        .valueStream()
                        .map(
                            item ->
                                "{\"id\":"
                                    + item.get("id")
                                    + ",\"value\":"
                                    + item.get("completion").asString().length()
                                    + "}")
                        .toList()
                    + "}";
          });
    }

    private static List<Integer> lengths(List<JsonNode> texts) {
      return texts.stream().map(text -> text.asString().length()).toList();
    }

    private static String indexed(JsonNode texts, String name) {
      List<Integer> lengths = lengths(texts.valueStream().toList());
      StringBuilder list = new StringBuilder();
      for (int i = lengths.size() - 1; i >= 0; i--) {
        list.append(list.isEmpty() ? "" : ",")
            .append("{\"index\":%d,\"%s\":%d}".formatted(i, name, lengths.get(i)));
      }
      return "[" + list + "]";
    }
  }

  @Nested
  class Score extends OfServer {
    Score() {
      super("vllm-score:URL model=m");
    }
  }

  @Nested
  class Classify extends OfServer {
    Classify() {
      super("vllm-classify:URL model=m");
    }
  }

  @Nested
  class Tei extends OfServer {
    Tei() {
      super("tei:URL");
    }
  }

  @Nested
  class Rerank extends OfServer {
    Rerank() {
      super("tei-rerank:URL");
    }
  }

  @Nested
  class Rlhf extends OfServer {
    Rlhf() {
      super("openrlhf:URL");
    }
  }

  @Nested
  class Http extends OfServer {
    Http() {
      super("http:URL");
    }
  }
}
