package topdraw.gateway.start;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import topdraw.gateway.Gateway;
import topdraw.gateway.http.Door;
import topdraw.gateway.http.GatewayServer;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.settings.GatewaySettings;
import topdraw.gateway.trace.Traces;
import topdraw.theory.finding.Confidence;

/// A gateway that listens until it is closed.
public final class RunningGateway implements AutoCloseable {
  private final Gateway gateway;
  private final GatewayServer server;
  private final String host;
  private final Optional<Traces> traces;

  private RunningGateway(
      Gateway gateway, GatewayServer server, String host, Optional<Traces> traces) {
    this.gateway = gateway;
    this.server = server;
    this.host = host;
    this.traces = traces;
  }

  /// Listens. The gateway and the traces are closed with what is returned; where nobody can listen,
  /// the gateway is closed here.
  static RunningGateway of(
      Gateway gateway, GatewaySettings settings, RequestLog log, Optional<Traces> traces) {
    TreeSet<String> hosts = new TreeSet<>(settings.hosts());
    hosts.addAll(
        List.of("127.0.0.1", "localhost", "[::1]", settings.hostInUrl().toLowerCase(Locale.ROOT)));
    try {
      GatewayServer server =
          GatewayServer.start(
              gateway,
              new Door(settings.keys(), hosts),
              settings.limits(),
              new Confidence(settings.confidence()),
              settings.host(),
              settings.port(),
              log);
      return new RunningGateway(gateway, server, settings.hostInUrl(), traces);
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /// The model behind it.
  ///
  /// @return its name
  public String model() {
    return gateway.model();
  }

  /// Where clients of OpenAI's interface find it.
  ///
  /// @return the base URL
  public String url() {
    return "http://%s:%d/v1".formatted(host, server.port());
  }

  /// Answers what it has begun, and lets go of the model.
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      try {
        gateway.close();
      } finally {
        traces.ifPresent(Traces::close);
      }
    }
  }
}
