package topdraw.gateway.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import topdraw.gateway.draw.Upstream;

/// Sends traces to a collector, where the environment names one as OpenTelemetry has it:
/// `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_SERVICE_NAME`.
public final class Traces implements AutoCloseable {
  private static final String NAME = "topdraw";

  private final SdkTracerProvider provider;

  private Traces(SdkTracerProvider provider) {
    this.provider = provider;
  }

  /// Traces to the collector of an environment.
  ///
  /// @param environment its variables
  /// @return the traces; empty where no collector is named
  /// @throws IllegalArgumentException if the address is none
  public static Optional<Traces> of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
    if (endpoint.isBlank()) return Optional.empty();
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces");
    for (String header :
        environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", "").split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        exporter.addHeader(
            header.substring(0, equals).strip(), header.substring(equals + 1).strip());
      }
    }
    return Optional.of(to(exporter.build(), environment.getOrDefault("OTEL_SERVICE_NAME", NAME)));
  }

  /// Traces to an exporter.
  ///
  /// @param exporter takes the spans
  /// @param service the service's name
  /// @return the traces
  public static Traces to(SpanExporter exporter, String service) {
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), service))))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  /// A model whose draws are traced.
  ///
  /// @param upstream draws; closed with what is returned
  /// @return the model
  public Upstream of(Upstream upstream) {
    return new TracedUpstream(upstream, provider.get(NAME));
  }

  /// Sends what there is, and waits for it.
  void flush() {
    provider.forceFlush().join(5, TimeUnit.SECONDS);
  }

  /// Sends what is left.
  @Override
  public void close() {
    provider.close();
  }
}
