package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;

/// Draws from Ollama, a second real server, which is less honest: of ended completions its lists of
/// log-probabilities lack the end token's. Runs by `./check --servers`.
@Tag("servers")
@Timeout(600)
class OllamaServerTest {
  private static final int DRAWS = 16;

  @TempDir private static Path temp;
  private static @Nullable OllamaServer server;
  private static String url = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    OllamaServer.assumeInstalled();
    ModelFile model = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    server = OllamaServer.start(Files.createDirectory(temp.resolve("ollama")), model);
    url = server.url();
  }

  @AfterAll
  static void stop() {
    if (server != null) server.close();
  }

  @Test
  void whatEndedProvesNothingAndWhatWasCutDoesWithAMargin() throws IOException {
    PolicyContext context =
        new PolicyContext(
            Sampling.plain(8),
            3,
            Map.of("model", "smollm2"),
            DownloadProgress.SILENT,
            Surroundings.of(Map.of()));
    try (ReferencePolicy served = new PolicyCatalog().open("server:" + url, context)) {
      assertThat(served.provenance().fingerprint().get("server")).isEqualTo("Ollama 0.17.4");
      int ended = 0;
      int cut = 0;
      for (Draw draw : served.draw(Prompt.user("Say yes or no. Answer with one word."), 0, 16)) {
        if (draw.finish().cut()) {
          cut++;
          assertThat(draw.logProbability())
              .isInstanceOfSatisfying(
                  AtMost.class,
                  most -> assertThat(most.reason()).isInstanceOf(AtMost.Reason.Margin.class));
        } else {
          ended++;
          assertThat(draw.logProbability().proves()).isFalse();
        }
      }
      assertThat(ended).isPositive();
      assertThat(cut).isPositive();
    }
  }

  @Test
  void doctorSaysThatTheEndTokenIsMissing() {
    Ran ran = Ran.topdraw("doctor", "--server", url, "--model", "smollm2", "--json");
    JsonNode json = Json.read(ran.out());
    assertThat(json.at("/log_probabilities/end_token").asString()).isEqualTo("excluded");
    assertThat(json.at("/log_probabilities/distribution").asString()).isEqualTo("raw");
    assertThat(json.at("/log_probabilities/ids").asBoolean()).isFalse();
    assertThat(json.at("/bounds/rest_on").asString()).isEqualTo("none");
    assertThat(ran.exitCode()).isEqualTo(4);
  }

  /// The file's own template puts a system message before the first turn where there is none.
  /// Ollama's does not, so it is another policy.
  @Test
  void itPutsItsOwnTemplateInThePlaceOfTheFiles() throws IOException, InterruptedException {
    String system =
        "{\"role\":\"system\",\"content\":\"You are a helpful AI assistant named SmolLM, trained by"
            + " Hugging Face\"},";
    assertThat(promptTokens(system) - promptTokens("")).isBetween(15, 30);
  }

  private static int promptTokens(String before) throws IOException, InterruptedException {
    String question =
        "{\"model\":\"smollm2\",\"stream\":false,\"options\":{\"num_predict\":1},\"messages\":[%s"
            + "{\"role\":\"user\",\"content\":\"Name one colour.\"}]}";
    return Objects.requireNonNull(server)
        .ask("/api/chat", question.formatted(before))
        .path("prompt_eval_count")
        .asInt();
  }

  @Test
  void aRunOverItThatIsKilledGoesOnToWhatAnUndisturbedOneHas()
      throws IOException, InterruptedException {
    Path whole = temp.resolve("whole");
    Path killed = temp.resolve("killed");
    assertThat(Ran.topdraw(words(whole)).exitCode()).isZero();
    KilledRun.killWhen(() -> KilledRun.recorded(killed) > 0, words(killed), killed);
    Ran resumed = Ran.topdraw(words(killed));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(KilledRun.settings(killed)).isEqualTo(KilledRun.settings(whole));
    assertThat(KilledRun.drawn(killed)).isEqualTo(KilledRun.drawn(whole)).hasSize(DRAWS);
  }

  private static String[] words(Path folder) throws IOException {
    Path prompts = Files.writeString(temp.resolve("prompts.txt"), "Name one colour.\nSay hello.\n");
    return List.of(
            "run",
            prompts.toString(),
            "-o",
            folder.toString(),
            "--server",
            url,
            "--model",
            "smollm2",
            "-n",
            "2",
            "--batches",
            "4",
            "--max-tokens",
            "6",
            "--reward",
            "negative-length")
        .toArray(String[]::new);
  }
}
