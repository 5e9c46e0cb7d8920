package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.json.Json;
import topdraw.llama.LlamaPolicy;
import topdraw.llama.LlamaSettings;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.servers.http.FaultProxy;

/// Draws from llama.cpp's own server, which holds the file that the embedded engine holds. The
/// embedded engine is the truth.
@Timeout(300)
class LlamaServerTest {
  private static final int SLOTS = 4;
  private static final int DRAWS = 32;

  private static @Nullable LlamaServer server;
  private static ModelFile model;
  private static String url = "";

  @TempDir private static Path temp;
  private static Path prompts;
  private static @Nullable Path undisturbed;

  @BeforeAll
  static void start() throws IOException {
    LlamaServer.assumeInstalled();
    model = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    server = LlamaServer.start(model, SLOTS);
    url = server.url();
    prompts = Files.writeString(temp.resolve("prompts.txt"), "Name one colour.\nSay hello.\n");
  }

  @AfterAll
  static void stop() {
    if (server != null) server.close();
  }

  /// What its log-probabilities are too high by, for each token, lies in [0, 3e-4] nats for this
  /// model; so with the margin taken off, none is above the truth.
  @Test
  void itsLogProbabilitiesAreTheEmbeddedOnesAndALittleMore() throws IOException {
    List<Prompt> prompts =
        List.of(
            Prompt.user("Name one colour. Answer with one word."),
            new Prompt.Text("The capital of France is"));
    Sampling sampling = Sampling.plain(12);
    try (ReferencePolicy served = served(sampling, false);
        ReferencePolicy continued = served(sampling, true);
        LlamaPolicy embedded =
            LlamaPolicy.open(
                model,
                sampling,
                3,
                new LlamaSettings(1, SLOTS, LlamaSettings.defaults().contextTokens()))) {
      assertThat(served.capabilities().width()).isEqualTo(SLOTS);
      assertThat(served.provenance().fingerprint().get("server")).startsWith("llama.cpp ");
      int compared = 0;
      for (Prompt prompt : prompts) {
        ReferencePolicy policy = prompt instanceof Prompt.Text ? continued : served;
        for (Draw draw : policy.draw(prompt, 0, 4)) {
          if (draw.logProbability()
                  instanceof AtMost(double nats, AtMost.Reason.Margin(double margin))
              && draw.tokens() instanceof Tokens.Ids ids) {
            double truth = Arrays.stream(embedded.score(prompt, ids.ids())).sum();
            double said = nats + margin * ids.size();
            assertThat((said - truth) / ids.size()).isBetween(-1e-5, 3e-4);
            assertThat(nats).isLessThan(truth);
            compared++;
          }
        }
      }
      assertThat(compared).isGreaterThanOrEqualTo(6);
    }
  }

  private static ReferencePolicy served(Sampling sampling, boolean raw) throws IOException {
    Map<String, String> settings = Map.of("model", "smollm2", "raw", Boolean.toString(raw));
    return new PolicyCatalog()
        .open(
            "server:" + url,
            new PolicyContext(
                sampling, 3, settings, DownloadProgress.SILENT, Surroundings.of(Map.of())));
  }

  /// The route that continues texts is probed by the template's own text, which ends by itself.
  @Test
  void doctorAsksTheRouteThatContinuesTextsWhereThatIsDrawnFrom() {
    Ran ran = Ran.topdraw("doctor", "--server", url, "--raw", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out());
    assertThat(json.at("/bounds/rest_on").asString()).isEqualTo("conservative");
    assertThat(json.at("/log_probabilities/distribution").asString()).isEqualTo("raw");
    assertThat(json.at("/log_probabilities/end_token").asString()).isEqualTo("included");
    assertThat(json.path("prompt_tokens").asInt()).isEqualTo(39);
    assertThat(json.path("template_as_expected").asString()).isEqualTo("yes");
  }

  /// The margin is measured: whole vocabularies sum to 1 + 1e-4 to 2.5e-4 with this model.
  @Test
  void doctorSaysThatBoundsRestOnItsNumbersWithAMargin() {
    Ran ran = Ran.topdraw("doctor", "--server", url, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out());
    assertThat(json.at("/bounds/rest_on").asString()).isEqualTo("conservative");
    assertThat(json.at("/bounds_other_temperature/rest_on").asString()).isEqualTo("none");
    assertThat(json.at("/log_probabilities/distribution").asString()).isEqualTo("raw");
    assertThat(json.at("/log_probabilities/end_token").asString()).isEqualTo("included");
    assertThat(json.at("/log_probabilities/ids").asBoolean()).isTrue();
    assertThat(json.at("/log_probabilities/margin_nats_per_token").asDouble())
        .isBetween(2e-4, 6e-4);
    assertThat(json.path("template_as_expected").asString()).isEqualTo("yes");
    assertThat(json.path("evidence").toString())
        .contains("the probabilities of 3 whole vocabularies");
  }

  @Test
  void aRunOverItThatIsKilledGoesOnToWhatAnUndisturbedOneHas()
      throws IOException, InterruptedException {
    Path killed = temp.resolve("killed");
    KilledRun.killWhen(() -> KilledRun.recorded(killed) > 0, words(killed, url), killed);
    assertThat(Files.readAllLines(killed.resolve("samples.jsonl"))).hasSizeLessThan(DRAWS);
    Ran resumed = Ran.topdraw(words(killed, url));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Going on: ");
    assertSameAsUndisturbed(killed);
  }

  /// Late, drop by drop, reset, cut, swallowed, gone, while it draws; killed; begun again while
  /// they go on, and in the end without them.
  @Test
  void aRunThroughFaultsThatIsKilledGoesOnToWhatAnUndisturbedOneHas()
      throws IOException, InterruptedException {
    FaultProxy.assumeInstalled();
    Path killed = temp.resolve("faulty");
    try (FaultProxy proxy = FaultProxy.before(url)) {
      String[] words = words(killed, proxy.url());
      int faults;
      try (Weather weather = new Weather(proxy, () -> KilledRun.begun(killed), 0)) {
        KilledRun.killWhen(
            () -> KilledRun.recorded(killed) > 0 && weather.faults() > 0, words, killed);
        faults = weather.faults();
      }
      long before = KilledRun.recorded(killed);
      try (Weather weather =
          new Weather(proxy, () -> KilledRun.recorded(killed) > before, faults)) {
        Ran.topdraw(words);
        faults += weather.faults();
      }
      assertThat(faults).isGreaterThan(1);
      Ran last = Ran.topdraw(words);
      assertThat(last.exitCode()).as(last.err()).isZero();
    }
    assertSameAsUndisturbed(killed);
  }

  private static synchronized Path undisturbed() {
    if (undisturbed == null) {
      undisturbed = temp.resolve("whole");
      Ran ran = Ran.topdraw(words(undisturbed, url));
      assertThat(ran.exitCode()).as(ran.err()).isZero();
    }
    return undisturbed;
  }

  private static void assertSameAsUndisturbed(Path folder) throws IOException {
    assertThat(KilledRun.settings(folder)).isEqualTo(KilledRun.settings(undisturbed()));
    assertThat(KilledRun.drawn(folder)).isEqualTo(KilledRun.drawn(undisturbed())).hasSize(DRAWS);
    assertThat(Files.readString(folder.resolve("findings.json")))
        .isEqualTo(Files.readString(undisturbed().resolve("findings.json")));
  }

  private static String[] words(Path folder, String server) {
    return new String[] {
      "run",
      prompts.toString(),
      "-o",
      folder.toString(),
      "--server",
      server,
      "--model",
      "smollm2",
      "-n",
      "4",
      "--batches",
      "4",
      "--max-tokens",
      "6",
      "--reward",
      "negative-length"
    };
  }
}
