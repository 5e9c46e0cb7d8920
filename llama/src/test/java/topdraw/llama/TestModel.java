package topdraw.llama;

/// The real default model, fetched into the user's cache by the first test that wants it.
final class TestModel {
  private TestModel() {}

  static ModelFile get() {
    return ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
  }
}
