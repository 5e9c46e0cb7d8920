package topdraw.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;
import topdraw.gateway.question.QuestionReader;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.Limits;
import topdraw.provider.Surroundings;
import topdraw.reward.RewardCatalog;
import topdraw.servers.Forwarding;
import topdraw.servers.WordServer;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;

class TracedUpstreamTest {
  @Test
  void aRequestIsASpanWithOneForEachCandidateInItAndHoldsNoText() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    WordServer.Fault once =
        (number, body, wire) -> {
          if (number == 0) wire.reset();
          return number == 0;
        };
    try (WordServer words = WordServer.start("words", once);
        Traces traces = Traces.to(spans, "test")) {
      ServerClient client =
          ServerClient.of(
              ServerAddress.of(words.url()),
              Optional.empty(),
              ClientSettings.defaults().once(),
              Surroundings.of(Map.of()));
      try (Gateway gateway =
          new Gateway(
              traces.of(new ServerUpstream(Forwarding.open(client, Optional.empty()), 8, 4)),
              new RewardShelf(RewardCatalog.withoutModel(), Map.of()),
              Limits.USUAL,
              List.of(new Alias("words", Options.NONE, Optional.empty())),
              new Ledger.None(),
              answer -> {})) {
        String body =
            "{\"model\":\"words\",\"messages\":[{\"role\":\"user\",\"content\":\"Canary?\"}],"
                + "\"max_tokens\":3,\"seed\":5,\"topdraw\":{\"n\":3}}";
        Question question =
            new QuestionReader(1 << 16).chat(body.getBytes(StandardCharsets.UTF_8), Options.NONE);
        gateway.answer("run", "key", question, (candidate, of) -> {});
      }
      traces.flush();
      List<SpanData> told = spans.getFinishedSpanItems();
      SpanData request =
          told.stream()
              .filter(span -> span.getName().equals("best_of_n words"))
              .findFirst()
              .orElseThrow();
      List<SpanData> draws =
          told.stream().filter(span -> span.getName().equals("chat words")).toList();
      assertThat(draws).hasSize(4); // three, and one again
      assertThat(draws)
          .allSatisfy(draw -> assertThat(draw.getParentSpanId()).isEqualTo(request.getSpanId()));
      assertThat(
              draws.stream()
                  .filter(draw -> draw.getAttributes().toString().contains("DrawFailedException")))
          .hasSize(1);
      assertThat(request.getAttributes().toString())
          .contains("topdraw.candidates.drawn=3")
          .contains("gen_ai.request.seed=5");
      assertThat(told.toString()).doesNotContain("Canary").doesNotContain("green");
      assertThat(draws.getLast().getAttributes().toString())
          .contains("gen_ai.usage.output_tokens")
          .contains("gen_ai.response.finish_reasons");
    }
  }
}
