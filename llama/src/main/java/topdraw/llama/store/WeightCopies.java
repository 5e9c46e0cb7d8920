package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.llama.engine.EngineException;
import topdraw.llama.engine.Quantizer;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;
import topdraw.provider.DownloadProgress;

/// Copies of models whose weights are decoded faster, made once by llama.cpp's own quantiser and
/// kept in the user's cache. A copy is another policy than its model: it has a name and a hash of
/// its own. The hash that it was written with is kept beside it, and it is held to that as a model
/// is to its pinned one.
public final class WeightCopies {
  private final Path folder;
  private final KnownHashes hashes;

  private WeightCopies(Path cache) {
    folder = cache.resolve("models");
    hashes = new KnownHashes(cache.resolve("hashes"), Clock.systemUTC());
  }

  /// The copies in the user's cache. Nothing is read or written yet.
  ///
  /// @param environment the process's environment
  /// @return the copies
  public static WeightCopies inUserCache(Map<String, String> environment) {
    return new WeightCopies(CacheFolder.of(environment, System.getProperty("os.name")));
  }

  /// Refuses weights of which no copy is made.
  ///
  /// @param kind as it was given
  /// @throws InputException if it is not `q8_0`
  public static void require(String kind) {
    if (!kind.equals("q8_0")) {
      throw new InputException(
          Problem.UNKNOWN,
          Parameter.WEIGHTS,
          " \""
              + kind
              + "\": there is no such copy of a model; give q8_0, or leave it out for the"
              + " model's own");
    }
  }

  /// The copy of a model in Q8_0, made unless it is there as it was written, read within the last
  /// day and not touched since. [Quantizer#BUILD] must be there.
  ///
  /// @param of the model, which is trusted
  /// @param threads that work at it
  /// @param progress hears that it is made
  /// @return the copy
  /// @throws ModelException if the cache cannot be read or written
  /// @throws EngineException if llama.cpp cannot make it
  public ModelFile q8(ModelFile of, int threads, DownloadProgress progress) {
    Path copy = folder.resolve("Q8_0-of-" + of.sha256().substring(0, 16) + ".gguf");
    try {
      if (!present(copy)) make(of, copy, threads, progress);
      String quantization = GgufHeader.read(copy).quantization();
      String name = "%s (%s copy of %s)".formatted(of.name(), quantization, of.quantization());
      return new ModelFile(name, copy.toRealPath(), hashes.of(copy), quantization);
    } catch (IOException e) {
      throw new ModelException(copy + ": cannot be written or read: " + Faults.reason(e), e);
    }
  }

  private boolean present(Path copy) throws IOException {
    Path note = note(copy);
    return Files.isRegularFile(copy)
        && Files.isRegularFile(note)
        && Files.readString(note).equals(line(hashes.of(copy), copy));
  }

  private static Path note(Path copy) {
    return copy.resolveSibling(copy.getFileName() + ".sha256");
  }

  /// As `sha256sum` writes it.
  private static String line(String sha256, Path copy) {
    return sha256 + "  " + copy.getFileName() + "\n";
  }

  private void make(ModelFile of, Path copy, int threads, DownloadProgress progress)
      throws IOException {
    progress.note(
        Files.exists(note(copy)) && Files.exists(copy)
            ? copy + " is not as it was written; it is written anew"
            : "writing " + copy + ", once");
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part", ".tmp");
    try {
      Quantizer.q8(of.path(), part, threads);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    Files.writeString(note(copy), line(hashes.fresh(copy), copy));
  }
}
