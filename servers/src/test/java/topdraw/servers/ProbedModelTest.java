package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.draw.Prompt;
import topdraw.provider.Surroundings;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.http.TestServer;

class ProbedModelTest {
  private static ModelServer model(TestServer server) {
    ServerClient client =
        ServerClient.of(
            ServerAddress.of(server.url()),
            Optional.empty(),
            ClientSettings.defaults().once(),
            Surroundings.of(Map.of()));
    ServerIdentity identity =
        new ServerIdentity(ServerKind.LLAMA_CPP, "1", List.of("m"), 1, 5, Map.of());
    return new ModelServer(client, identity, "m", Route.CHAT);
  }

  @Test
  void aServerWithoutTheRoutesHasNoVocabularyAndCountsNoTokens() {
    try (TestServer server =
            TestServer.start((_, wire) -> wire.answer(404, "text/plain", "no such page"));
        ModelServer asked = model(server)) {
      assertThat(new ProbedModel(asked).vocabulary("a")).isEmpty();
      assertThat(new ProbedModel(asked).promptTokens(Prompt.user("a"))).isEmpty();
    }
  }

  /// Else the margin of a whole run would follow from a moment without a network.
  @Test
  void aConnectionThatBreaksIsNoServerWithoutTheRoutes() {
    try (TestServer server = TestServer.start((_, wire) -> wire.reset());
        ModelServer asked = model(server)) {
      assertThatThrownBy(() -> new ProbedModel(asked).vocabulary("a"))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("broke off the answer");
      assertThatThrownBy(() -> new ProbedModel(asked).promptTokens(Prompt.user("a")))
          .isInstanceOf(ServerException.class);
    }
  }
}
