package topdraw.gateway.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What happens on a connection beside its requests: one whose request does not arrive in time is
/// closed, and a client that leaves before it has its answer is noticed. The server itself waits
/// for the next byte without an end.
///
/// Helidon calls this on the thread that will answer the request, which is how that thread finds
/// its connection.
final class Incoming implements Http1ConnectionListener, AutoCloseable {
  private static final ThreadLocal<ConnectionContext> HERE = new ThreadLocal<>();

  private final Map<ConnectionContext, Long> begun = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final long mostNanos;

  /// @param most the most from the end of a request's first line to the end of its body
  Incoming(Duration most) {
    mostNanos = most.toNanos();
    long each = Math.clamp(mostNanos / 4, 1, TimeUnit.SECONDS.toNanos(1));
    clock.scheduleWithFixedDelay(this::closeLate, each, each, TimeUnit.NANOSECONDS);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue line) {
    HERE.set(connection);
    begun.put(connection, System.nanoTime());
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {}

  /// The request of this thread is here, its body too.
  void arrived() {
    ConnectionContext connection = HERE.get();
    if (connection != null) begun.remove(connection);
  }

  private void closeLate() {
    long now = System.nanoTime();
    begun
        .entrySet()
        .removeIf(
            one -> {
              boolean late = now - one.getValue() > mostNanos;
              if (late) close(one.getKey());
              return late;
            });
  }

  private static void close(ConnectionContext connection) {
    try {
      connection.serverSocket().close();
    } catch (UncheckedIOException e) {
      // closed already
    }
  }

  /// Watches the client of this thread's request. Nothing may be read from the connection any more:
  /// the answer closes it.
  ///
  /// @param left run, on another thread, if the client leaves before the connection is closed
  void whenClientLeaves(Runnable left) {
    ConnectionContext connection = HERE.get();
    if (connection == null) return;
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                connection.dataReader().ensureAvailable(); // or it sends what nobody has asked for
              } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
                left.run();
              }
            });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
