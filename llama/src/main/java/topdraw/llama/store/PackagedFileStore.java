package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.Sha256;
import topdraw.provider.DownloadProgress;
import topdraw.provider.PackagedFile;
import topdraw.provider.PackagedFiles;

/// Small models that are no language models, such as rewards': they lie beside those in the user's
/// cache and come the same way, by the machine's own pip, the pinned hash or nothing.
public final class PackagedFileStore implements PackagedFiles {
  private final Path folder;
  private final List<ModelSource> sources;
  private final DownloadProgress progress;

  private PackagedFileStore(Path folder, List<ModelSource> sources, DownloadProgress progress) {
    this.folder = folder;
    this.sources = sources;
    this.progress = progress;
  }

  /// The store in the user's cache. Nothing is read or written yet.
  ///
  /// @param environment the process's environment
  /// @param progress hears how far a download is
  /// @return the store
  public static PackagedFileStore inUserCache(
      Map<String, String> environment, DownloadProgress progress) {
    return new PackagedFileStore(
        CacheFolder.of(environment, System.getProperty("os.name")).resolve("models"),
        ModelStore.offline(environment)
            ? List.of()
            : List.of(new PipSource(environment, Limits.DEFAULT)),
        progress);
  }

  /// {@inheritDoc}
  ///
  /// @throws ModelException if it cannot be had
  @Override
  public Path fetch(PackagedFile file) {
    Path target = folder.resolve(file.name());
    if (present(file, target)) return target;
    if (sources.isEmpty()) {
      throw new ModelException(
          target + ": is not there, and HF_HUB_OFFLINE forbids fetching it; unset HF_HUB_OFFLINE");
    }
    new ModelDownload(pinned(file), target, sources).unless(() -> present(file, target), progress);
    return target;
  }

  /// A megabyte is hashed faster than it is remembered.
  private static boolean present(PackagedFile file, Path target) {
    try {
      return Files.isRegularFile(target)
          && Files.size(target) == file.bytes()
          && Sha256.of(target).equals(file.sha256());
    } catch (IOException e) {
      throw new ModelException(target + ": cannot be read: " + Faults.reason(e), e);
    }
  }

  private static PinnedModel pinned(PackagedFile file) {
    return new PinnedModel(
        file.title(),
        file.name(),
        file.bytes(),
        file.sha256(),
        "",
        PinnedModel.NO_HUB,
        new PinnedModel.Packaged(
            file.requirement(), file.packageSha256(), file.packageBytes(), file.entry()));
  }
}
