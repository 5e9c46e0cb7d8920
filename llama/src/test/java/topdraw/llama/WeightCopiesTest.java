package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.EngineException;
import topdraw.llama.engine.Quantizer;
import topdraw.llama.file.ModelFile;
import topdraw.llama.file.Sha256;
import topdraw.llama.store.WeightCopies;
import topdraw.provider.DownloadProgress;
import topdraw.reference.Sampling;

/// The real model's copy in Q8_0: made once, of the same bytes always, and another policy near it.
class WeightCopiesTest {
  /// Made by the same library called from Python, with one thread.
  private static final String SHA256 =
      "7b46609d11703c058397e5cfe4cc6e4b2508cb1eb4c80ddc472a5d421fbdb508";

  @TempDir Path cache;
  private final List<String> told = new ArrayList<>();

  @Test
  void aCopyIsMadeOnceAndIsAnotherPolicyNearTheModel() throws IOException {
    TestModel.require(Quantizer.BUILD);
    ModelFile model = TestModel.get();
    ModelFile copy = copy(model);
    assertThat(copy.sha256()).isEqualTo(SHA256);
    assertThat(copy.quantization()).isEqualTo("Q8_0");
    assertThat(copy.name()).isEqualTo("SmolLM2-135M-Instruct (Q8_0 copy of Q4_1)");
    var made = Files.getLastModifiedTime(copy.path());
    assertThat(copy(model)).isEqualTo(copy);
    assertThat(Files.getLastModifiedTime(copy.path())).isEqualTo(made);

    Prompt prompt = Prompt.user("Name one colour.");
    var settings = new LlamaSettings(1, 8, 512, EngineBuild.DEFAULT);
    try (LlamaPolicy drawn = LlamaPolicy.open(copy, Sampling.plain(8), 7, settings);
        LlamaPolicy asked = LlamaPolicy.open(model, Sampling.plain(8), 7, settings)) {
      assertThat(drawn.provenance().fingerprint())
          .containsEntry("quantization", "Q8_0")
          .containsEntry("model-sha256", SHA256);
      List<Draw> draws = drawn.draw(prompt, 0, 8);
      for (Draw draw : draws) {
        var ids = (Tokens.Ids) draw.tokens();
        double[] here = ids.logProbabilities();
        assertThat(drawn.score(prompt, ids.ids())).isEqualTo(here);
        double[] there = asked.score(prompt, ids.ids());
        assertThat(there).isNotEqualTo(here);
        for (int i = 0; i < here.length; i++) assertThat(there[i]).isCloseTo(here[i], within(1.0));
      }
    }
  }

  /// As long as before and as old, with another byte among its weights.
  @Test
  void aCopyThatWasChangedInPlaceIsWrittenAnew() throws IOException {
    TestModel.require(Quantizer.BUILD);
    ModelFile model = TestModel.get();
    Path copy = copy(model).path();
    var made = Files.getLastModifiedTime(copy);
    try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {77}), file.size() - 1000);
    }
    Files.setLastModifiedTime(copy, made);
    assertThat(Sha256.of(copy)).isNotEqualTo(SHA256);
    assertThat(copy(model).sha256()).isEqualTo(SHA256);
    assertThat(Sha256.of(copy)).isEqualTo(SHA256);
    assertThat(told)
        .hasSize(2)
        .last(InstanceOfAssertFactories.STRING)
        .endsWith(
            "Q8_0-of-%s.gguf is not as it was written; it is written anew"
                .formatted(model.sha256().substring(0, 16)));
    copy(model);
    assertThat(told).hasSize(2);
    // Nobody knows what a copy was that has no hash beside it.
    Files.delete(copy.resolveSibling(copy.getFileName() + ".sha256"));
    assertThat(copy(model).sha256()).isEqualTo(SHA256);
    assertThat(told).hasSize(3);
  }

  private ModelFile copy(ModelFile model) {
    return WeightCopies.inUserCache(Map.of("TOPDRAW_CACHE", cache.toString()))
        .q8(
            model,
            1,
            new DownloadProgress() {
              @Override
              public void bytes(long done, long total) {}

              @Override
              public void note(String line) {
                told.add(line);
              }
            });
  }

  @Test
  void whatCannotBeReadLeavesNothingBehind() throws IOException {
    TestModel.require(Quantizer.BUILD);
    Path garbage = Files.writeString(cache.resolve("garbage.gguf"), "no model");
    var model = new ModelFile("garbage", garbage, "0".repeat(64), "Q4_1");
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> copy(model))
        .withMessageContaining("cannot write " + garbage + " in Q8_0");
    assertThat(cache.resolve("models")).isEmptyDirectory();
  }
}
