package topdraw.gateway.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import topdraw.gateway.Gateway;
import topdraw.gateway.answer.AnswerJson;
import topdraw.gateway.answer.ErrorJson;
import topdraw.gateway.console.ConsolePage;
import topdraw.gateway.console.ConsoleState;
import topdraw.gateway.console.TrialJson;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.QuestionReader;
import topdraw.gateway.settings.Limits;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.theory.finding.Confidence;

/// The gateway on the wire.
public final class GatewayServer implements AutoCloseable {
  /// How long a request may take to arrive, from the end of its first line to the end of its body.
  public static final Duration ARRIVAL = Duration.ofSeconds(30);

  private static final int MOST_HEADERS = 32 << 10;
  private static final int LONGEST_LINE = 8 << 10;
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Duration IDLE_LOOKED_FOR = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /// A browser opens connections ahead, on which it asks nothing. Helidon waits for those too.
  private static final Duration SILENT = Duration.ofMillis(200);

  /// Helidon says what it has started or could not start; the command that starts it says it
  /// better. Its warnings are of what callers send, and quote it. Held here, so that it is not made
  /// anew with another level.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private final WebServer server;
  private final Health health;
  private final Requests requests;
  private final Completions completions;
  private final Incoming incoming;

  private GatewayServer(
      WebServer server,
      Health health,
      Requests requests,
      Completions completions,
      Incoming incoming) {
    this.server = server;
    this.health = health;
    this.requests = requests;
    this.completions = completions;
    this.incoming = incoming;
  }

  /// Starts to listen.
  ///
  /// @param gateway answers; stays the caller's to close
  /// @param door who may come in, and where they come from
  /// @param limits what one request may cost
  /// @param confidence of what is told of answers
  /// @param host the address to listen on
  /// @param port the port; 0 for any that is free
  /// @param log takes one line of JSON for each request
  /// @return the server; the caller closes it
  /// @throws InputException if nobody can listen there
  public static GatewayServer start(
      Gateway gateway,
      Door door,
      Limits limits,
      Confidence confidence,
      String host,
      int port,
      RequestLog log) {
    return start(gateway, door, limits, confidence, host, port, log, ARRIVAL);
  }

  /// Starts to listen.
  ///
  /// @param gateway answers; stays the caller's to close
  /// @param door who may come in, and where they come from
  /// @param limits what one request may cost
  /// @param confidence of what is told of answers
  /// @param host the address to listen on
  /// @param port the port; 0 for any that is free
  /// @param log takes one line of JSON for each request
  /// @param arrival how long a request may take to arrive, its first line left out
  /// @return the server; the caller closes it
  /// @throws InputException if nobody can listen there
  public static GatewayServer start(
      Gateway gateway,
      Door door,
      Limits limits,
      Confidence confidence,
      String host,
      int port,
      RequestLog log,
      Duration arrival) {
    HELIDON.setLevel(Level.OFF);
    Metrics metrics = new Metrics(gateway);
    Health health = new Health(gateway);
    Incoming incoming = new Incoming(arrival);
    QuestionReader reader = new QuestionReader(limits.bodyBytes());
    AnswerJson answers = new AnswerJson(confidence);
    Completions completions = new Completions(gateway, door, reader, answers, metrics, incoming);
    ConsolePage page = new ConsolePage();
    ConsoleRoutes console =
        new ConsoleRoutes(
            page,
            new ConsoleState(gateway, limits, confidence),
            health,
            new Trials(
                gateway, door, reader, new TrialJson(answers, confidence), metrics, completions));
    Requests requests = new Requests(door, page, metrics, log, incoming);
    WebServer server =
        WebServer.builder()
            .host(host)
            .port(port)
            .maxPayloadSize(limits.bodyBytes())
            .maxTcpConnections(mostConnections())
            .idleConnectionTimeout(IDLE)
            .idleConnectionPeriod(IDLE_LOOKED_FOR)
            .shutdownGracePeriod(SILENT)
            .shutdownHook(false)
            .directHandlers(unread())
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(MOST_HEADERS)
                    .maxPrologueLength(LONGEST_LINE)
                    .addReceiveListener(incoming)
                    .validatePrologue(true)
                    .build())
            .routing(
                routing -> {
                  routing.addFilter(requests);
                  routing.error(Throwable.class, requests::failed);
                  post(routing, "/v1/chat/completions", completions::chat);
                  post(routing, "/v1/completions", completions::text);
                  new Models(gateway).on(routing);
                  console.on(routing);
                  health.on(routing);
                  metrics.on(routing);
                  routing.any(
                      (request, response) -> {
                        throw unknown(request);
                      });
                })
            .build()
            .start();
    if (!server.isRunning()) { // it says so nowhere else
      incoming.close();
      throw new InputException(
          Problem.CONFLICT,
          "cannot listen on "
              + host
              + ", port "
              + port
              + ": another program does, or this machine has no such address; give another port, or"
              + " 0 for one that is free");
    }
    return new GatewayServer(server, health, requests, completions, incoming);
  }

  /// More sockets than anybody needs, and half of those that the process may still have: where it
  /// may have no more, the server gives up listening for good, and nothing can be asked of the
  /// model's.
  private static int mostConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
            : Long.MAX_VALUE;
    return Math.clamp(files / 2, 16, 16_384);
  }

  /// Answers to what is no request at all: whatever fails before one is understood is its own
  /// fault.
  private static DirectHandlers unread() {
    DirectHandlers.Builder all = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      all.addHandler(
          type,
          (request, kind, usual, headers, message) -> {
            Status status =
                kind == DirectHandler.EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : usual;
            ApiException error = Requests.wire(status);
            return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .keepAlive(false)
                .entity(Json.line(ErrorJson.of(error)))
                .build();
          });
    }
    return all.build();
  }

  private static void post(
      HttpRouting.Builder routing, String path, BiConsumer<ServerRequest, ServerResponse> handler) {
    routing.post(path, handler::accept);
    routing.any(
        path,
        (request, response) -> {
          response.header(HeaderNames.ALLOW, "POST");
          throw new ApiException(
              405,
              "invalid_request_error",
              "method_not_allowed",
              java.util.Optional.empty(),
              path + " takes POST");
        });
  }

  private static ApiException unknown(ServerRequest request) {
    boolean responses = request.path().path().startsWith("/v1/responses");
    return new ApiException(
        Status.NOT_FOUND_404.code(),
        "invalid_request_error",
        "unknown_url",
        java.util.Optional.empty(),
        responses
            ? "/v1/responses is not offered here; /v1/chat/completions is"
            : "there is no such route here; there are /v1/chat/completions, /v1/completions and"
                + " /v1/models");
  }

  /// Where it listens.
  ///
  /// @return the port
  public int port() {
    return server.port();
  }

  /// Answers what it has begun, for at most half a minute, takes on nothing more, and ends.
  /// Meanwhile `/healthz/ready` says so.
  @Override
  public void close() {
    health.drain();
    requests.drain(DRAIN);
    completions.giveUp();
    server.stop();
    incoming.close();
  }
}
