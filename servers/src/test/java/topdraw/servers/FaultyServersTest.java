package topdraw.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.provider.Surroundings;
import topdraw.reference.Answer;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.FaultProxy;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;

/// What becomes of draws when a real proxy is in the way: the same draws, each once.
@Timeout(120)
class FaultyServersTest {
  private static final Prompt SKY = Prompt.user("What colour is the sky?");
  private static final int COUNT = 40;
  private static final ClientSettings IMPATIENT =
      new ClientSettings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          1,
          1 << 20);

  @BeforeAll
  static void proxy() {
    FaultProxy.assumeInstalled();
  }

  private static HttpPolicy open(String... urls) {
    return HttpPolicy.open(
        Stream.of(urls)
            .map(
                url ->
                    ServerClient.of(
                        ServerAddress.of(url),
                        Optional.empty(),
                        IMPATIENT,
                        Surroundings.of(Map.of())))
            .toList(),
        Route.CHAT,
        Optional.empty(),
        Sampling.plain(12),
        7,
        Optional.of(4),
        Optional.empty());
  }

  private static List<Draw> undisturbed() {
    try (WordServer server = WordServer.start();
        HttpPolicy policy = open(server.url())) {
      return policy.draw(SKY, 0, COUNT);
    }
  }

  @Test
  void theDrawsOfAServerThatIsCutOffGoToTheOther() {
    FaultProxy[] between = new FaultProxy[1];
    try (WordServer near = WordServer.start();
        WordServer far =
            WordServer.start(
                "words",
                (number, body, wire) -> {
                  if (number < 5) return false;
                  if (number == 5) between[0].down();
                  else wire.hang(); // until it is cut off
                  return true;
                });
        FaultProxy proxy = FaultProxy.before(far.url());
        HttpPolicy policy = open(near.url(), proxy.url())) {
      between[0] = proxy;
      assertThat(policy.draw(SKY, 0, COUNT)).isEqualTo(undisturbed());
      assertThat(near.drawn()).isGreaterThanOrEqualTo(COUNT - 5);
    }
  }

  /// Faults come and go as fast as the proxy can be told. What fails is asked for once more by
  /// whoever draws, as a run that is begun again does.
  @Test
  void aServerThatFlapsGivesTheSameDrawsInTheEnd() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (WordServer server = WordServer.start();
        FaultProxy proxy = FaultProxy.before(server.url());
        HttpPolicy policy = open(proxy.url())) {
      Thread flapping =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; !over.get() && i < 300; i++) {
                      switch (i % 4) {
                        case 0 -> proxy.add("reset_peer", Map.of("timeout", 1));
                        case 1 -> proxy.add("limit_data", Map.of("bytes", 300));
                        case 2 -> proxy.add("latency", Map.of("latency", 5, "jitter", 5));
                        default -> proxy.down();
                      }
                      proxy.heal();
                    }
                  });
      Map<Integer, Draw> drawn = new HashMap<>();
      int rounds = 0;
      while (drawn.size() < COUNT) {
        assertThat(rounds++).isLessThan(500);
        askedOnce(policy, drawn);
      }
      over.set(true);
      flapping.join();
      assertThat(IntStream.range(0, COUNT).mapToObj(drawn::get).toList()).isEqualTo(undisturbed());
      // A question is asked twice at most, and no more of them go out at a time than fail.
      assertThat(server.drawn()).isLessThanOrEqualTo(COUNT + 8 * rounds);
    }
  }

  private static void askedOnce(HttpPolicy policy, Map<Integer, Draw> drawn) {
    try {
      policy.drawAll(
          IntStream.range(0, COUNT)
              .filter(i -> !drawn.containsKey(i))
              .mapToObj(i -> new Request(SKY, i))
              .iterator(),
          (request, answer) -> {
            if (answer instanceof Answer.Drawn(Draw draw)) {
              assertThat(drawn.put(request.index(), draw)).isNull();
            } else {
              assertThat(answer)
                  .isInstanceOfSatisfying(
                      Answer.Failed.class, failed -> assertThat(failed.retry()).isTrue());
            }
          });
    } catch (DrawFailedException e) {
      assertThat(e).hasMessageStartingWith("no server answers any more: ");
    }
  }
}
