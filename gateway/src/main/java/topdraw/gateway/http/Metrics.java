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
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import topdraw.gateway.AccountsLedger;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.ledger.Standing;
import topdraw.gateway.question.ApiException;

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
  private final Gateway gateway;
  private final Counter drawn = registry.counter("topdraw.candidates.drawn");

  Metrics(Gateway gateway) {
    this.gateway = gateway;
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
      registry.counter("topdraw.tokens", "kind", "winner").increment((double) winner);
      registry.counter("topdraw.tokens", "kind", "wasted").increment((double) (all - winner));
      registry.counter("topdraw.reward.errors").increment((double) part.chosen().unscored());
      part.entry()
          .ifPresent(
              nats ->
                  registry.counter("topdraw.drift.entered.nats", "alias", alias).increment(nats));
    }
  }

  private void count(String outcome, long number) {
    registry.counter("topdraw.candidates", "outcome", outcome).increment((double) number);
  }

  /// Where each account stands now. Names of keys and aliases are the operator's, of letters that
  /// need no quoting.
  private String drift() {
    if (!(gateway.ledger() instanceof AccountsLedger ledger)) return "";
    List<AccountsLedger.Standings> standings;
    try {
      standings = ledger.standings(gateway.aliases());
    } catch (ApiException e) {
      return ""; // the database does not answer, and all else is still told
    }
    StringBuilder text = new StringBuilder();
    gauge(text, "topdraw_drift_estimate_nats", standings, Standing::estimate);
    gauge(text, "topdraw_drift_certificate_nats", standings, Standing::certificate);
    gauge(text, "topdraw_drift_textbook_nats", standings, Standing::textbook);
    gauge(text, "topdraw_drift_budget_remaining_nats", standings, Standing::left);
    gauge(text, "topdraw_drift_open_answers", standings, Standing::open);
    return text.toString();
  }

  private static void gauge(
      StringBuilder text,
      String metric,
      List<AccountsLedger.Standings> standings,
      ToDoubleFunction<Standing> of) {
    text.append("# TYPE ").append(metric).append(" gauge\n");
    for (AccountsLedger.Standings one : standings) {
      double value = of.applyAsDouble(one.standing());
      if (Double.isInfinite(value)) continue; // no budget, so nothing is left of it
      text.append(metric)
          .append("{key=\"%s\",alias=\"%s\"} ".formatted(one.key(), one.alias()))
          .append(value)
          .append('\n');
    }
  }

  void on(HttpRouting.Builder routing) {
    routing.get(
        "/metrics",
        (request, response) -> {
          response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
          String text = registry.scrape() + drift();
          response.send(text.getBytes(StandardCharsets.UTF_8));
        });
  }
}
