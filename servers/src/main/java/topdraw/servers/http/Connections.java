package topdraw.servers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Connections that are kept open between questions, as many as are asked at once.
///
/// Each question has a virtual thread that does nothing but wait for its bytes: a quarter less
/// processor time and two wake-ups fewer than the JDK's own client, whose selector hands each
/// answer on from thread to thread.
///
/// @param http the client
/// @param threads one for each question
record Connections(CloseableHttpClient http, ExecutorService threads) implements AutoCloseable {
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /// Servers close what is idle, some after five seconds; looking costs a millisecond.
  private static final TimeValue DOUBTED = TimeValue.ofSeconds(1);

  private static final Duration LATER = Duration.ofSeconds(1);

  /// The answer is longer than anybody wants to read.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// Nothing is connected yet.
  ///
  /// @param connect the most until a connection is there
  static Connections of(Duration connect) {
    var kept =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(connect))
                    .setValidateAfterInactivity(DOUBTED)
                    .build())
            .build();
    CloseableHttpClient http =
        HttpClients.custom()
            .setConnectionManager(kept)
            .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
            .evictIdleConnections(IDLE)
            .disableRedirectHandling() // the key would go with it
            .disableAutomaticRetries() // RetrySchedule counts them
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    return new Connections(http, Executors.newVirtualThreadPerTaskExecutor());
  }

  /// Asks.
  ///
  /// @param question what; asked once
  /// @param firstByte the most between two bytes that come
  /// @param limit the most to the last byte
  /// @param mostBytes the longest body
  /// @throws TimeoutException if the last byte is not there in time; the server sees that nobody
  ///   waits
  /// @throws InterruptedException if the thread is interrupted; the server sees it too
  /// @throws TooLongException if the body is longer
  /// @throws IOException if there is no whole answer
  Answer ask(HttpUriRequestBase question, Duration firstByte, Duration limit, long mostBytes)
      throws IOException, TimeoutException, InterruptedException {
    // Of two limits that end together the one on the whole is told, always.
    Duration silence = firstByte.compareTo(limit) < 0 ? firstByte : limit.plus(LATER);
    question.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(silence))
            .setProtocolUpgradeEnabled(false) // some servers lose the body
            .build());
    if (threads.isShutdown()) throw new IOException("the client has been closed");
    Future<Answer> coming =
        threads.submit(() -> http.execute(question, answer -> read(question, answer, mostBytes)));
    try {
      return coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) throw failed;
      throw new CompletionException(e.getCause());
    } finally {
      coming.cancel(true); // an interrupt closes the connection that its thread waits for
    }
  }

  private static Answer read(HttpUriRequestBase question, ClassicHttpResponse answer, long most)
      throws IOException {
    List<Answer.Header> headers =
        Arrays.stream(answer.getHeaders())
            .map(header -> new Answer.Header(header.getName(), header.getValue()))
            .toList();
    HttpEntity entity = answer.getEntity();
    byte[] body = new byte[0];
    if (entity != null) {
      try (InputStream in = entity.getContent()) {
        body = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
        if (body.length > most) {
          question.abort(); // else the rest would be read, for the connection's sake
          throw new TooLongException();
        }
      }
    }
    return new Answer(answer.getCode(), headers, body);
  }

  /// Ends all that is under way.
  @Override
  public void close() {
    threads.shutdownNow();
    http.close(CloseMode.IMMEDIATE);
  }
}
