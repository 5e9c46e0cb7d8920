package topdraw.llama;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;
import topdraw.reference.Sampling;

/// The default model, fetched into the user's cache when it is not there.
final class TestModel {
  private TestModel() {}

  static ModelFile get() {
    return ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
  }

  static LlamaPolicy open(Sampling sampling, long seed) {
    return open(sampling, seed, LlamaSettings.defaults().width());
  }

  static LlamaPolicy open(Sampling sampling, long seed, int width) {
    return open(sampling, seed, width, EngineBuild.DEFAULT);
  }

  static LlamaPolicy open(Sampling sampling, long seed, int width, EngineBuild build) {
    LlamaSettings defaults = LlamaSettings.defaults();
    // Threads of a build without OpenMP wait for each other without end where a core is busy.
    int threads = build == EngineBuild.DEFAULT ? defaults.threads() : 1;
    return LlamaPolicy.open(
        get(), sampling, seed, new LlamaSettings(threads, width, defaults.contextTokens(), build));
  }

  /// Skips the test where a build of llama.cpp is not there.
  static void require(EngineBuild build) {
    assumeTrue(
        EngineStore.inUserCache(System.getenv()).has(build),
        () -> "the engine " + build.label() + " is not installed; ./check --install brings it");
  }

  static SharedLlama share(int width, int mostTokens, int mostRequests) {
    LlamaSettings defaults = LlamaSettings.defaults();
    return SharedLlama.open(
        get(),
        new LlamaSettings(defaults.threads(), width, defaults.contextTokens()),
        mostTokens,
        mostRequests);
  }
}
