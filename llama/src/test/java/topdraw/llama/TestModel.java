package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import topdraw.reference.Sampling;

/// The real model that the tests draw from, out of the user's cache.
final class TestModel {
  private static final Path PATH =
      NativeLibrary.cache()
          .resolve(Path.of("topdraw", "models", "SmolLM2-135M-Instruct.Q4_1.gguf"));

  private TestModel() {}

  static ModelFile file() {
    assertThat(PATH).as("the tests draw from the default model").isRegularFile();
    return new ModelFile(
        "SmolLM2-135M-Instruct",
        PATH,
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        "Q4_1");
  }

  static LlamaPolicy open(Sampling sampling, long seed) {
    return LlamaPolicy.open(file(), sampling, seed, LlamaSettings.defaults());
  }

  static LlamaPolicy open(Sampling sampling, long seed, int width) {
    var defaults = LlamaSettings.defaults();
    return LlamaPolicy.open(
        file(),
        sampling,
        seed,
        new LlamaSettings(defaults.threads(), width, defaults.contextTokens()));
  }
}
