package topdraw.llama;

import topdraw.llama.file.ModelFile;
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
    LlamaSettings defaults = LlamaSettings.defaults();
    return LlamaPolicy.open(
        get(),
        sampling,
        seed,
        new LlamaSettings(defaults.threads(), width, defaults.contextTokens()));
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
