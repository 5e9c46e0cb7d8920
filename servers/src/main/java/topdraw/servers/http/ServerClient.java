package topdraw.servers.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import topdraw.json.Json;
import topdraw.provider.Surroundings;
import topdraw.servers.http.RetrySchedule.Next;

/// A client of one server. Safe for many threads; each call blocks its own, so give it a virtual
/// one.
///
/// Three limits hold: to connect, to the first byte and to the last ([ClientSettings]). What fails
/// and may come right is asked again, at most a few times, at most a fifth of all questions, and
/// never beyond the deadline; a server's `Retry-After` and `x-should-retry` are heeded.
/// Redirections are not followed: the key would go with them. Proxies and authorities of
/// certificates are those of the JDK (`https.proxyHost`, `javax.net.ssl.trustStore`).
public final class ServerClient implements AutoCloseable {
  /// A wait that a person would ask about.
  private static final Duration LONG = Duration.ofSeconds(3);

  private final ServerAddress server;
  private final Optional<Secret> key;
  private final ClientSettings settings;
  private final Connections connections;
  private final Exchange exchange;
  private final RetryBudget budget;
  private final RetrySchedule schedule;
  private final Waiting waiting;
  private final Consumer<String> told;

  private ServerClient(
      ServerAddress server,
      Optional<Secret> key,
      ClientSettings settings,
      Connections connections,
      Clock clock,
      RetryBudget budget,
      Waiting waiting,
      Consumer<String> told) {
    this.server = server;
    this.key = key;
    this.settings = settings;
    this.connections = connections;
    this.budget = budget;
    this.waiting = waiting;
    this.told = told;
    exchange =
        new Exchange(connections, server, key.map(Secret::value).orElse(""), settings, clock);
    schedule = new RetrySchedule(settings, budget, () -> ThreadLocalRandom.current().nextLong());
  }

  /// A client.
  ///
  /// @param server who is asked
  /// @param key sent as `Authorization: Bearer`, where there is one
  /// @param settings the limits
  /// @param surroundings tell the time
  /// @return the client; the caller closes it
  public static ServerClient of(
      ServerAddress server,
      Optional<Secret> key,
      ClientSettings settings,
      Surroundings surroundings) {
    return of(server, key, settings, surroundings, Waiting.REAL);
  }

  static ServerClient of(
      ServerAddress server,
      Optional<Secret> key,
      ClientSettings settings,
      Surroundings surroundings,
      Waiting waiting) {
    return new ServerClient(
        server,
        key,
        settings,
        Connections.of(settings.connect()),
        surroundings.clock(),
        new RetryBudget(),
        waiting,
        line -> {});
  }

  /// This client under other limits but for that to connect: the same connections, the same budget
  /// of tries. Only one of them is closed.
  ///
  /// @param other the limits
  /// @return the client
  public ServerClient with(ClientSettings other) {
    return new ServerClient(
        server, key, other, connections, exchange.clock(), budget, waiting, told);
  }

  /// This client with somebody who hears of long waits, where there would be silence. Only one of
  /// them is closed.
  ///
  /// @param listener is told in one line what is waited for
  /// @return the client
  public ServerClient telling(Consumer<String> listener) {
    return new ServerClient(
        server, key, settings, connections, exchange.clock(), budget, waiting, listener);
  }

  /// Who is asked.
  ///
  /// @return the server's address
  public ServerAddress server() {
    return server;
  }

  /// The limits.
  ///
  /// @return the settings
  public ClientSettings settings() {
    return settings;
  }

  /// Asks for what lies at a route.
  ///
  /// @param path the route, as `/v1/models`
  /// @return the answer
  /// @throws ServerException if there is none that can be used
  /// @throws CancellationException if the thread is interrupted
  public Reply get(String path) {
    return ask(path, Optional.empty());
  }

  /// Asks a question.
  ///
  /// @param path the route, as `/v1/chat/completions`
  /// @param question what becomes the body: a JSON tree, map or record
  /// @return the answer
  /// @throws ServerException if there is none that can be used
  /// @throws CancellationException if the thread is interrupted
  public Reply post(String path, Object question) {
    return ask(path, Optional.of(Json.line(question).getBytes(StandardCharsets.UTF_8)));
  }

  private Reply ask(String path, Optional<byte[]> body) {
    long began = waiting.nanos();
    budget.asked();
    for (int tries = 1; ; tries++) {
      try {
        return exchange.ask(path, body, left(began));
      } catch (ServerException e) {
        switch (schedule.next(e.failure(), tries, left(began))) {
          case Next.GiveUp(Failure failure) -> throw new ServerException(failure);
          case Next.Wait(Duration time) -> {
            if (time.compareTo(LONG) >= 0) {
              told.accept("%s; asking again in %s".formatted(e.failure().line(), Times.of(time)));
            }
            sleep(time);
          }
        }
      }
    }
  }

  private Duration left(long began) {
    return settings.deadline().minusNanos(waiting.nanos() - began);
  }

  private void sleep(Duration time) {
    try {
      waiting.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + server);
    }
  }

  /// Ends all that is under way.
  @Override
  public void close() {
    connections.close();
  }
}
