package topdraw.servers.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.servers.http.Failure.Kind;

/// One question and its answer, with no second try.
///
/// @param connections to the server
/// @param server who is asked
/// @param key taken out of whatever is said; empty where there is none
/// @param settings the limits
/// @param clock what dates are compared with
record Exchange(
    Connections connections,
    ServerAddress server,
    String key,
    ClientSettings settings,
    Clock clock) {
  private static final int TOO_MANY = 429;
  private static final ContentType JSON = ContentType.create("application/json");

  /// Asks.
  ///
  /// @param path the route
  /// @param body JSON; empty where nothing is sent
  /// @param left the most it may take, whatever the settings say
  /// @throws ServerException if there is no answer that can be used
  /// @throws CancellationException if the thread is interrupted; the server sees it at once
  Reply ask(String path, Optional<byte[]> body, Duration left) {
    Duration limit = left.compareTo(settings.whole()) < 0 ? left : settings.whole();
    try {
      return read(
          path,
          connections.ask(request(path, body), settings.firstByte(), limit, settings.mostBytes()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + server);
    } catch (TimeoutException e) {
      throw failed(Kind.TIMED_OUT, " gave no whole answer within " + Times.of(limit), true);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private HttpUriRequestBase request(String path, Optional<byte[]> body) {
    URI route = server.route(path);
    HttpUriRequestBase request = body.isPresent() ? new HttpPost(route) : new HttpGet(route);
    body.ifPresent(bytes -> request.setEntity(new ByteArrayEntity(bytes, JSON)));
    request.setHeader("Accept", "application/json");
    request.setHeader("User-Agent", "topdraw");
    if (!key.isEmpty()) request.setHeader("Authorization", "Bearer " + key);
    return request;
  }

  private ServerException broken(IOException failure) {
    return switch (failure) {
      case ConnectTimeoutException late ->
          failed(
              Kind.UNREACHABLE, " let nobody connect within " + Times.of(settings.connect()), true);
      case SocketTimeoutException late ->
          failed(Kind.TIMED_OUT, " sent no byte within " + Times.of(settings.firstByte()), true);
      case UnknownHostException unknown ->
          failed(Kind.UNREACHABLE, " has a name that nobody knows; check the address", false);
      case ConnectException refused -> refused();
      case NoRouteToHostException refused -> refused();
      case SSLException e ->
          failed(Kind.UNREACHABLE, " cannot be talked to over TLS: " + said(e), false);
      case Connections.TooLongException tooLong ->
          failed(
              Kind.UNREADABLE,
              " answers with more than %,d bytes".formatted(settings.mostBytes()),
              false);
      default -> failed(Kind.BROKEN, " broke off the answer: " + said(failure), true);
    };
  }

  private ServerException refused() {
    return failed(Kind.UNREACHABLE, " refuses the connection; is the server running?", true);
  }

  private String said(Throwable e) {
    String message = e.getMessage();
    return Redaction.of(message == null ? e.getClass().getSimpleName() : message, key);
  }

  private ServerException failed(Kind kind, String what, boolean retry) {
    return new ServerException(new Failure(kind, server + what, 0, "", retry, Optional.empty()));
  }

  private Reply read(String path, Answer answer) {
    int status = answer.status();
    if (status / 100 != 2) throw refused(path, answer);
    byte[] body = answer.body();
    try {
      JsonNode tree = Json.mapper().readTree(body);
      if (tree != null && (tree.isObject() || tree.isArray())) {
        return checked(new Reply(tree, answer), status);
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

  private ServerException refused(String path, Answer answer) {
    int status = answer.status();
    if (status / 100 == 3) {
      String to = answer.header("location").orElse("nowhere");
      return failed(
          Kind.REFUSED,
          " answers " + status + " and points to " + Redaction.of(to, key) + advice(path, to),
          false);
    }
    String line = ErrorBody.line(answer.body(), key);
    return new ServerException(
        new Failure(
            kind(status),
            server + " answers " + status + (line.isEmpty() ? " and says nothing" : ": " + line),
            status,
            line,
            retry(answer),
            RetryAfter.of(answer, clock)));
  }

  /// The address from which the same route leads where the redirection points.
  private String advice(String path, String location) {
    try {
      String to = server.route(path).resolve(location).toString();
      return to.endsWith(path) && to.length() > path.length()
          ? "; give " + Redaction.of(to.substring(0, to.length() - path.length()), key)
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

  private static boolean retry(Answer answer) {
    Optional<String> said = answer.header("x-should-retry");
    if (said.isPresent()) return said.get().strip().equalsIgnoreCase("true");
    return switch (answer.status()) {
      case 408, 409, 425 -> true;
      // A quota that is used up does not come back by asking.
      case TOO_MANY -> !ErrorBody.word(answer.body()).equals("insufficient_quota");
      case 501, 505 -> false;
      default -> answer.status() >= 500;
    };
  }
}
