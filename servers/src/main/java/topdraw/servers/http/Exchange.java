package topdraw.servers.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.servers.http.Failure.Kind;

/// One question and its answer, with no second try.
///
/// @param http the JDK's client
/// @param server who is asked
/// @param key taken out of whatever is said; empty where there is none
/// @param settings the limits
/// @param clock what dates are compared with
record Exchange(
    HttpClient http, ServerAddress server, String key, ClientSettings settings, Clock clock) {
  private static final int TOO_MANY = 429;

  /// Asks.
  ///
  /// @param left the most it may take, whatever the settings say
  /// @throws ServerException if there is no answer that can be used
  /// @throws CancellationException if the thread is interrupted; the server sees it at once
  Reply ask(HttpRequest request, Duration left) {
    Duration limit = left.compareTo(settings.whole()) < 0 ? left : settings.whole();
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.mostBytes()));
    try {
      return read(coming.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + server);
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw failed(Kind.TIMED_OUT, " gave no whole answer within " + Times.of(limit), true);
    } catch (ExecutionException e) {
      throw broken(e.getCause());
    }
  }

  private ServerException broken(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          failed(
              Kind.UNREACHABLE,
              http.connectTimeout()
                  .map(limit -> " let nobody connect within " + Times.of(limit))
                  .orElse(" lets nobody connect"),
              true);
      case HttpTimeoutException _ ->
          failed(Kind.TIMED_OUT, " sent no byte within " + Times.of(settings.firstByte()), true);
      case ConnectException e when nameless(e) ->
          failed(Kind.UNREACHABLE, " has a name that nobody knows; check the address", false);
      case ConnectException _ ->
          failed(Kind.UNREACHABLE, " refuses the connection; is the server running?", true);
      case SSLException e ->
          failed(Kind.UNREACHABLE, " cannot be talked to over TLS: " + said(e), false);
      case IOException e when said(e).contains("exceeds capacity") ->
          failed(
              Kind.UNREADABLE,
              " answers with more than %,d bytes".formatted(settings.mostBytes()),
              false);
      case IOException e -> failed(Kind.BROKEN, " broke off the answer: " + said(e), true);
      case null, default ->
          throw new IllegalStateException("the HTTP client failed on " + server, cause);
    };
  }

  private static boolean nameless(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) return true;
    }
    return false;
  }

  private String said(Throwable e) {
    String message = e.getMessage();
    return Redaction.of(message == null ? e.getClass().getSimpleName() : message, key);
  }

  private ServerException failed(Kind kind, String what, boolean retry) {
    return new ServerException(new Failure(kind, server + what, 0, "", retry, Optional.empty()));
  }

  private Reply read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 != 2) throw refused(response);
    byte[] body = response.body();
    try {
      JsonNode tree = Json.mapper().readTree(body);
      if (tree != null && (tree.isObject() || tree.isArray())) {
        return checked(new Reply(tree, response.headers()), status);
      }
    } catch (JacksonException e) {
      if (startsLikeJson(body)) {
        throw failed(
            Kind.BROKEN, " broke off its JSON after %,d bytes".formatted(body.length), true);
      }
    }
    String line = ErrorBody.line(body, key);
    throw failed(
        Kind.UNREADABLE,
        body.length == 0
            ? " answers " + status + " and nothing else"
            : " answers no JSON but " + line + "; is that the address of a model server?",
        body.length == 0);
  }

  private static boolean startsLikeJson(byte[] body) {
    for (byte b : body) {
      if (b == '{' || b == '[') return true;
      if (b > ' ') return false; // below are blanks, and the three bytes of a byte order mark
    }
    return false;
  }

  /// Some servers answer 200 with an error in it.
  private Reply checked(Reply reply, int status) {
    Optional<String> error = ErrorBody.inBand(reply.json(), key);
    if (error.isEmpty()) return reply;
    int code = reply.json().path("error").path("code").asInt(0);
    boolean lasting = code / 100 == 4 && code != TOO_MANY;
    throw new ServerException(
        new Failure(
            lasting ? Kind.REFUSED : Kind.SERVER_ERROR,
            server + " answers " + status + " with an error in it: " + error.get(),
            lasting ? code : status,
            error.get(),
            !lasting,
            Optional.empty()));
  }

  private ServerException refused(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 == 3) {
      String to = response.headers().firstValue("location").orElse("nowhere");
      return failed(
          Kind.REFUSED,
          " answers " + status + " and points to " + Redaction.of(to, key) + advice(response, to),
          false);
    }
    String line = ErrorBody.line(response.body(), key);
    return new ServerException(
        new Failure(
            kind(status),
            server + " answers " + status + (line.isEmpty() ? " and says nothing" : ": " + line),
            status,
            line,
            retry(response),
            RetryAfter.of(response.headers(), clock)));
  }

  /// The address from which the same route leads where the redirection points.
  private String advice(HttpResponse<byte[]> response, String location) {
    String asked = response.request().uri().toString();
    String route = asked.substring(server.toString().length());
    try {
      String to = response.request().uri().resolve(location).toString();
      return to.endsWith(route) && to.length() > route.length()
          ? "; give " + Redaction.of(to.substring(0, to.length() - route.length()), key)
          : "; is that the address of a model server?";
    } catch (IllegalArgumentException e) {
      return "; is that the address of a model server?";
    }
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Kind.NOT_ALLOWED;
      case TOO_MANY, 503 -> Kind.BUSY;
      default -> status >= 500 ? Kind.SERVER_ERROR : Kind.REFUSED;
    };
  }

  private static boolean retry(HttpResponse<byte[]> response) {
    Optional<String> said = response.headers().firstValue("x-should-retry");
    if (said.isPresent()) return said.get().strip().equalsIgnoreCase("true");
    return switch (response.statusCode()) {
      case 408, 409, 425 -> true;
      // A quota that is used up does not come back by asking.
      case TOO_MANY -> !ErrorBody.word(response.body()).equals("insufficient_quota");
      case 501, 505 -> false;
      default -> response.statusCode() >= 500;
    };
  }
}
