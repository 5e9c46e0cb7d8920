package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import topdraw.gateway.answer.ErrorJson;
import topdraw.gateway.console.ConsolePage;
import topdraw.gateway.question.ApiException;
import topdraw.json.Json;
import topdraw.reference.DrawFailedException;

/// Stands in front of every route: nobody comes in without a key where one is needed, nothing goes
/// out without an id, a line in the log and a count.
final class Requests implements Filter {
  /// Where the key's name is kept for what comes after.
  static final String KEY = "topdraw.key";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String REQUEST_ID = "x-request-id";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Door door;
  private final ConsolePage page;
  private final Metrics metrics;
  private final RequestLog log;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean draining;

  Requests(Door door, ConsolePage page, Metrics metrics, RequestLog log) {
    this.door = door;
    this.page = page;
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long began = System.nanoTime();
    String id =
        header(request, REQUEST_ID)
            .filter(given -> ID.matcher(given).matches())
            .orElseGet(() -> UUID.randomUUID().toString());
    response.header(REQUEST_ID, id);
    response.header("x-content-type-options", "nosniff");
    String path = request.path().path();
    // What tells nothing is for anyone who may reach the port at all.
    boolean open = path.startsWith("/healthz/") || page.open(path);
    String key = "";
    underWay.incrementAndGet();
    try {
      if (draining && !open) {
        throw ApiException.failed(
            503, "draining", "the gateway is about to end; ask again in a moment");
      }
      door.require(request.authority(), header(request, "origin"));
      if (!open) key = door.keyOf(header(request, "authorization"));
      request.context().register(KEY, key);
      chain.proceed();
    } catch (CloseConnectionException e) {
      // Who asked has left: on this connection nothing more can be said.
      request.context().register(new Outcome(Map.of("error", "client_left")));
      throw e;
    } catch (RuntimeException e) {
      failed(request, response, e);
    } finally {
      double seconds = (System.nanoTime() - began) / 1e9;
      metrics.answered(path, response.status().code(), seconds);
      if (!open) log(request, response, id, key, seconds);
      underWay.decrementAndGet();
    }
  }

  /// Takes on nothing more, and waits for what is under way.
  ///
  /// @param most the longest wait
  void drain(Duration most) {
    draining = true;
    long end = System.nanoTime() + most.toNanos();
    try {
      while (underWay.get() > 0 && System.nanoTime() < end) Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void log(
      RoutingRequest request, RoutingResponse response, String id, String key, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put("request_id", id);
    line.put("key", key);
    line.put("method", request.prologue().method().text());
    line.put("path", Metrics.route(request.path().path()));
    line.put("status", response.status().code());
    line.put("seconds", seconds);
    request.context().get(Outcome.class).ifPresent(outcome -> line.putAll(outcome.words()));
    log.write(line);
  }

  /// The name of the key that a request came with.
  static String key(ServerRequest request) {
    return request.context().get(KEY, String.class).orElse(Door.NOBODY);
  }

  static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /// Says what went wrong, where nothing has been said yet.
  void failed(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException error = error(failure);
    if (response.isSent()) return;
    if (error.status() >= 500 && error.code().equals("bug")) {
      failure.printStackTrace(); // of the program's own, and holds nothing of the request
    }
    request.context().register(new Outcome(Map.of("error", error.code())));
    if (error.status() == 429) {
      boolean spent = error.code().equals("drift_budget_exhausted");
      response.header("x-should-retry", Boolean.toString(!spent));
      if (!spent) response.header("retry-after", "1");
    }
    if (error.status() == 401) response.header("www-authenticate", "Bearer");
    response.status(error.status());
    json(response, Json.line(ErrorJson.of(error)));
  }

  static void json(ServerResponse response, String json) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(json.getBytes(StandardCharsets.UTF_8));
  }

  /// What a failure is called on the wire.
  static ApiException error(Throwable failure) {
    return switch (failure) {
      case ApiException e -> e;
      case DrawFailedException e ->
          ApiException.failed(502, "draw_failed", String.valueOf(e.getMessage()));
      case CancellationException e ->
          ApiException.failed(503, "cancelled", "the gateway ends, and gave the answer up");
      case HttpException e -> wire(e);
      default ->
          ApiException.failed(
              500, "bug", "a fault of the gateway's own; its log says more under the request's id");
    };
  }

  private static ApiException wire(HttpException e) {
    Status status = e.status();
    boolean large = status.code() == 413;
    return new ApiException(
        status.code(),
        "invalid_request_error",
        large ? "request_too_large" : "bad_request",
        Optional.empty(),
        large ? "the body is longer than is taken here" : status.reasonPhrase());
  }
}
