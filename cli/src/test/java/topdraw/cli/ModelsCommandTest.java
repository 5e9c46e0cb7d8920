package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.llama.store.ModelStore;

class ModelsCommandTest {
  private static final String SHA256 =
      "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

  @TempDir Path cache;

  @Test
  void anEmptyCacheSaysHowToFillIt() {
    Ran ran = models(offline());

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("no models in " + cache.resolve("models"), "--fetch");
    assertThat(models(offline(), "--json").out()).isEqualToIgnoringNewLines("[]");
  }

  @Test
  void aDamagedModelFailsTheVerificationAndSaysHowToMendIt() throws IOException {
    Files.createDirectories(cache.resolve("models"));
    Path file = cache.resolve("models").resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
    Files.writeString(file, "GGUF");

    Ran ran = models(offline(), "--verify");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("damaged");
    assertThat(ran.err()).contains(file.toString(), "topdraw models --fetch");
    assertThat(models(offline()).exitCode()).isZero();
  }

  @Test
  void theDefaultModelIsFetchedVerifiedAndListed() {
    Ran ran = models(System.getenv(), "--fetch", "--verify", "--json");

    assertThat(ran.exitCode()).isZero();
    JsonNode models = Json.read(ran.out());
    assertThat(models.valueStream().filter(m -> m.path("sha256").asString("").equals(SHA256)))
        .anySatisfy(
            model -> {
              assertThat(model.path("name").asString()).isEqualTo("SmolLM2-135M-Instruct");
              assertThat(model.path("quantization").asString()).isEqualTo("Q4_1");
              assertThat(model.path("bytes").asLong()).isEqualTo(98_362_432);
              assertThat(model.path("state").asString()).isEqualTo("verified");
            });
    assertThat(models(System.getenv()).out())
        .contains("SmolLM2-135M-Instruct  Q4_1  98.4 MB  b179c9523d0e  verified  ");
  }

  private Ran models(Map<String, String> environment, String... arguments) {
    return Ran.of(new ModelsCommand(() -> ModelStore.inUserCache(environment)), arguments);
  }

  private Map<String, String> offline() {
    return Map.of("TOPDRAW_CACHE", cache.toString(), "HF_HUB_OFFLINE", "1");
  }
}
