package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import topdraw.reference.BlockPolicy;
import topdraw.reference.Continuation;
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
  private static final int N = 4;
  private static final int DRAWS = 8 * N;

  private static final Sampling SAMPLING = Sampling.plain(12);

  private static @Nullable LlamaServer server;
  private static ModelFile model;
  private static String url = "";
  private static BlockPolicy served;
  private static LlamaPolicy embedded;

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
    served = (BlockPolicy) policy("blocks");
    embedded =
        LlamaPolicy.open(
            model,
            SAMPLING,
            3,
            new LlamaSettings(1, SLOTS, LlamaSettings.defaults().contextTokens()));
  }

  @AfterAll
  static void stop() {
    if (served != null) served.close();
    if (embedded != null) embedded.close();
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
    try (ReferencePolicy continued = policy("raw")) {
      assertThat(served.capabilities().width()).isEqualTo(SLOTS);
      assertThat(served.provenance().fingerprint().get("server")).startsWith("llama.cpp ");
      // The route that continues texts is probed by the template's own text, which ends by itself.
      assertThat(continued.provenance().fingerprint().get("log-probabilities"))
          .startsWith("raw, end token in");
      assertThat(continued.provenance().fingerprint().get("sent")).contains(" logprobs=2");
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

  private static ReferencePolicy policy(String how) throws IOException {
    return new PolicyCatalog()
        .open(
            "server:" + url,
            new PolicyContext(
                SAMPLING,
                3,
                Map.of("model", "smollm2", how, "true"),
                DownloadProgress.SILENT,
                Surroundings.of(Map.of())));
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
    boolean begun = KilledRun.whole(killed) >= N; // it may have torn the first batch
    assertThat(KilledRun.whole(killed)).isLessThan(DRAWS);
    Ran resumed = Ran.topdraw(words(killed, url));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    if (begun) assertThat(resumed.err()).contains("Going on: ");
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

  /// Each block goes on from the tokens of what is accepted, each token has the embedded engine's
  /// log-probability and up to 3e-4 nats more, and a block as long as a completion is the plain
  /// draw.
  @Test
  void itIsDrawnFromBlockByBlockAsTheEmbeddedEngineIs() throws IOException {
    Prompt prompt = Prompt.user("Name one colour.");
    List<Draw> plain = served.draw(prompt, 0, 3);
    try (Continuation whole = served.begin(prompt, 3)) {
      List<Draw> one = whole.draw(12, (_, _) -> {});
      for (int j = 0; j < 3; j++) {
        // Cut inside a character a completion has no ids over the route of conversations.
        if (plain.get(j).tokens() instanceof Tokens.Ids ids) {
          assertThat(((Tokens.Ids) one.get(j).tokens()).ids()).isEqualTo(ids.ids());
        }
      }
      whole.accept(2);
      assertThat(whole.finished()).isTrue();
    }
    int[] accepted = {};
    try (Continuation text = served.begin(prompt, 3)) {
      for (int block = 1; !text.finished(); block++) {
        int[] kept = {};
        for (Draw draw : text.draw(4, (_, _) -> {})) {
          Tokens.Ids ids = (Tokens.Ids) draw.tokens();
          assertThat(ids.size()).isLessThanOrEqualTo(4 * block);
          assertThat(Arrays.copyOf(ids.ids(), accepted.length)).isEqualTo(accepted);
          double truth = Arrays.stream(embedded.score(prompt, ids.ids())).sum();
          assertThat(draw.logProbability())
              .isInstanceOfSatisfying(
                  AtMost.class,
                  bound -> {
                    double margin = ((AtMost.Reason.Margin) bound.reason()).perToken();
                    double said = bound.nats() + margin * ids.size();
                    assertThat((said - truth) / ids.size()).isBetween(-1e-5, 3e-4);
                    assertThat(ids.logProbability(0)).isCloseTo(bound.nats(), within(1e-9));
                  });
          if (draw.index() == 1) kept = ids.ids();
        }
        text.accept(1);
        accepted = kept;
      }
      assertThat(text.tokensDecoded()).isGreaterThan(accepted.length);
    }
    assertThat(accepted.length).isPositive();
  }

  /// What it says of tokens that it is given is what it said when it drew them, to what a cached
  /// prompt moves; and a text of somebody's, spelled in its tokens with the end behind them, has
  /// the embedded engine's log-probability, less a margin, and proves nothing of who wrote it.
  @Test
  void aSecondPassComparesARunAndAddsToFiles() throws IOException {
    Path folder = undisturbed();
    Ran ran =
        Ran.topdraw(
            "score", folder.toString(), "--log-p", "--server", url, "--model", "smollm2", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode json = Json.read(ran.out()).path("log_p");
    assertThat(json.path("completions").asInt()).isEqualTo(DRAWS);
    assertThat(json.path("caveat").isNull()).as(ran.err()).isTrue();
    // Cut inside a character it gives one log-probability too few, and so no ids.
    int left =
        json.at("/left_out/cut by the limit on tokens, and the tokens are not recorded").asInt();
    assertThat(json.path("compared").asInt()).isGreaterThan(16).isEqualTo(DRAWS - left);
    assertThat(json.path("largest_difference_nats").asDouble()).isLessThan(0.01);

    Path table = temp.resolve("answers.jsonl");
    Files.writeString(
        table,
        """
        {"prompt": "Name one colour.", "completion": "Blue.", "finish_reason": "stop"}
        {"prompt": "Name one colour.", "completion": "Blue and", "finish_reason": "length"}
        {"prompt": "Name one colour.", "completion": "žluť 🦄", "finish_reason": "stop"}
        """);
    Path scored = temp.resolve("scored.jsonl");
    Ran files =
        Ran.topdraw(
            "score",
            table.toString(),
            "-o",
            scored.toString(),
            "--log-p",
            "--server",
            url,
            "--model",
            "smollm2");
    assertThat(files.exitCode()).as(files.err()).isZero();
    assertThat(files.err())
        .contains("2 completions had none and have one now")
        .contains("1 completion left out: cut by the limit on tokens")
        .contains("nothing says what drew them");
    List<JsonNode> rows = Files.readAllLines(scored).stream().map(Json::read).toList();
    assertThat(rows.get(1).path("log_p").isNull()).isTrue();
    for (int row : new int[] {0, 2}) {
      int[] ids = ids(rows.get(row).path("completion").asString());
      double truth = Arrays.stream(embedded.score(Prompt.user("Name one colour."), ids)).sum();
      double said = rows.get(row).path("log_p").asDouble();
      // Too high by up to 3e-4 a token, of which up to 6e-4 were taken off.
      assertThat((said - truth) / ids.length).isBetween(-7e-4, 0.0);
      assertThat(rows.get(row).path("log_p_meaning").asString()).isEqualTo("unknown");
    }
  }

  /// A text in the server's tokens, with the end token of SmolLM2 behind them.
  private static int[] ids(String text) throws IOException {
    int end = 2;
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(url + "/tokenize"))
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(Map.of("content", text))))
            .header("Content-Type", "application/json")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode tokens =
          Json.read(http.send(question, HttpResponse.BodyHandlers.ofString()).body())
              .path("tokens");
      return IntStream.concat(tokens.valueStream().mapToInt(JsonNode::intValue), IntStream.of(end))
          .toArray();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
      "" + N,
      "--batches",
      "4",
      "--max-tokens",
      "6",
      "--reward",
      "negative-length"
    };
  }
}
