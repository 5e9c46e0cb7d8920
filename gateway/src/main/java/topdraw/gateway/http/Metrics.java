package topdraw.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.draw.Candidate;

/// Counts for Prometheus. Labels come from the operator's settings and from the code, never from a
/// caller: an alias is one that exists, a path is a route.
final class Metrics {
  private static final Set<String> ROUTES =
      Set.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/models",
          "/console/try",
          "/console/state",
          "/console/ledger",
          "/metrics",
          "/version",
          "/healthz/live",
          "/healthz/ready");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter drawn = registry.counter("topdraw.candidates.drawn");

  Metrics(Gateway gateway) {
    Gauge.builder("topdraw.requests.room", gateway, Gateway::roomLeft)
        .description("How many more requests are taken on now")
        .register(registry);
  }

  /// A path without what a caller put into it.
  static String route(String path) {
    return ROUTES.contains(path) ? path : "other";
  }

  void answered(String path, int status, double seconds) {
    Timer.builder("topdraw.request")
        .tag("route", route(path))
        .tag("status", Integer.toString(status))
        .publishPercentileHistogram(false)
        .register(registry)
        .record(Duration.ofNanos((long) (seconds * 1e9)));
  }

  void drawn(Candidate candidate, int of) {
    drawn.increment();
  }

  void chosen(Answer answer) {
    String alias = answer.question().model();
    for (Answer.Part part : answer.parts()) {
      String method = part.plan().method().word();
      registry.counter("topdraw.answers", "alias", alias, "method", method).increment();
      count("winner", 1);
      count("loser", part.chosen().drawn() - 1);
      count("failed", part.chosen().mishaps().failures().size());
      count("cancelled", part.chosen().mishaps().cancelled());
      long all = part.chosen().tokensDrawn();
      long winner = part.chosen().winner().tokens().orElse(0);
      registry.counter("topdraw.tokens", "kind", "winner").increment(winner);
      registry.counter("topdraw.tokens", "kind", "wasted").increment(all - winner);
      registry
          .counter("topdraw.reward.errors")
          .increment(part.chosen().unscored());
      part.entry()
          .ifPresent(
              nats ->
                  registry.counter("topdraw.drift.entered.nats", "alias", alias).increment(nats));
    }
  }

  private void count(String outcome, long number) {
    registry.counter("topdraw.candidates", "outcome", outcome).increment(number);
  }

  void on(HttpRouting.Builder routing) {
    routing.get(
        "/metrics",
        (request, response) -> {
          response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
          response.send(registry.scrape().getBytes(StandardCharsets.UTF_8));
        });
  }
}
