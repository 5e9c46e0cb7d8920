package topdraw.gateway.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import topdraw.gateway.answer.ErrorJson;
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

  /// Where the request's id is kept.
  private static final String ID_KEY = "topdraw.request.id";

  /// What tells nothing is for anyone who may reach the port at all.
  private static final Set<String> OPEN = Set.of("/healthz/live", "/healthz/ready");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /// As servers log it since nginx began to.
  private static final Status CLIENT_LEFT = Status.create(499, "Client Left");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Door door;
  private final Metrics metrics;
  private final RequestLog log;
  private final Incoming incoming;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean draining;

  Requests(Door door, Metrics metrics, RequestLog log, Incoming incoming) {
    this.door = door;
    this.metrics = metrics;
    this.log = log;
    this.incoming = incoming;
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
    request.context().register(ID_KEY, id);
    String path = request.path().rawPath();
    boolean open = OPEN.contains(path) || ConsoleRoutes.open(path);
    boolean body = request.content().hasEntity();
    if (!body) incoming.arrived();
    String key = "";
    underWay.incrementAndGet();
    try {
      if (draining && !open) {
        throw ApiException.failed(503, "draining", "the gateway is about to end; ask another");
      }
      requirePlain(request);
      door.require(request.authority(), header(request, "origin"));
      if (!open) key = door.keyOf(header(request, "authorization"));
      request.context().register(KEY, key);
      chain.proceed();
    } catch (CloseConnectionException e) {
      left(request, response);
      throw e;
    } catch (RuntimeException e) {
      failed(request, response, e);
    } finally {
      if (!body || request.content().consumed()) incoming.arrived();
      double seconds = (System.nanoTime() - began) / 1e9;
      metrics.answered(path, response.status().code(), seconds);
      if (!open) log(request, response, id, key, seconds);
      underWay.decrementAndGet();
    }
    // What was promised to whoever asked; the server itself would wait for another request.
    if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("the answer was the last");
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

  /// Refuses what the server reads and others may read otherwise. The lines between the chunks of a
  /// body may be as long as a caller likes, and are held in memory before anyone can look at them.
  private static void requirePlain(ServerRequest request) {
    for (Header header : request.headers()) {
      if (header.name().isEmpty()) throw wire(Status.BAD_REQUEST_400);
    }
    if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
      throw new ApiException(
          Status.LENGTH_REQUIRED_411.code(),
          "invalid_request_error",
          "length_required",
          Optional.empty(),
          "send the body with its Content-Length, not in chunks");
    }
  }

  /// Whoever asked does not hear it, but the log does.
  private static void left(ServerRequest request, ServerResponse response) {
    if (!response.isSent()) response.status(CLIENT_LEFT);
    request.context().register(new Outcome(Map.of("error", "client_left")));
  }

  private void log(
      RoutingRequest request, RoutingResponse response, String id, String key, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put("request_id", id);
    line.put("key", key);
    String method = request.prologue().method().text();
    line.put("method", METHODS.contains(method) ? method : "other");
    line.put("path", Metrics.route(request.path().path()));
    line.put("status", response.status().code());
    line.put("seconds", seconds);
    request.context().get(Outcome.class).ifPresent(outcome -> line.putAll(outcome.words()));
    log.write(line);
  }

  static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /// Says what went wrong, where nothing has been said yet.
  void failed(ServerRequest request, ServerResponse response, Throwable failure) {
    ApiException error = told(request, failure);
    if (response.isSent()) return;
    if (error.status() == 429) {
      boolean spent = error.code().equals("drift_budget_exhausted");
      response.header("x-should-retry", Boolean.toString(!spent));
      if (!spent) response.header("retry-after", "1");
    }
    if (error.status() == 401) response.header("www-authenticate", "Bearer");
    if (error.status() == Status.LENGTH_REQUIRED_411.code() || error.code().equals("bad_request")) {
      response.header(HeaderValues.CONNECTION_CLOSE); // nobody reads what comes behind it
    }
    response.status(error.status());
    try {
      json(response, Json.line(ErrorJson.of(error)));
    } catch (CloseConnectionException e) {
      left(request, response);
    }
  }

  /// Names a failure for the log, and a bug with where it stands: its words may be the caller's, so
  /// they are not repeated.
  static ApiException told(ServerRequest request, Throwable failure) {
    ApiException error = error(failure);
    request.context().register(new Outcome(Map.of("error", error.code())));
    if (error.code().equals("bug")) {
      StringBuilder trace =
          new StringBuilder("topdraw: a bug, in request ")
              .append(request.context().get(ID_KEY, String.class).orElse("?"));
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
        trace.append(System.lineSeparator()).append(t.getClass().getName());
        for (StackTraceElement frame : t.getStackTrace()) {
          trace.append(System.lineSeparator()).append("    at ").append(frame);
        }
      }
      System.err.println(trace);
    }
    return error;
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
      case HttpException e -> wire(e.status());
      default ->
          ApiException.failed(
              500, "bug", "a fault of the gateway's own; its log says more under the request's id");
    };
  }

  /// What is no request that can be answered.
  static ApiException wire(Status status) {
    boolean large = status.code() == 413;
    return new ApiException(
        status.code(),
        "invalid_request_error",
        large ? "request_too_large" : "bad_request",
        Optional.empty(),
        large ? "the body is longer than is taken here" : status.reasonPhrase());
  }
}
