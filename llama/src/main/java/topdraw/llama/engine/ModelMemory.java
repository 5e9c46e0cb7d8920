package topdraw.llama.engine;

import java.util.Locale;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.llama.gguf.GgufHeader;
import topdraw.llama.gguf.GgufShape;

/// The memory that drawing from a model takes, reckoned from its header before it is loaded.
///
///     mapped    the file
///     copied    weights that the build keeps a second time, in an order it computes faster with
///     cache     2 bytes · tokens · Σ over layers of (key length + value length) · key-value heads
///     working   4 bytes · (rows of a batch · (vocabulary + 2 · width) + sequences · vocabulary)
///
/// The operating system can drop what is mapped and read it again, which is slow; the rest it
/// cannot. The JVM and the program come on top, 0.4 GB.
///
/// Source: `llama-kv-cache.cpp`, `ggml-cpu-aarch64.cpp` and the graphs of llama.cpp b4916; held to
/// what the engine reports by a test, and to what was measured in `docs/benchmarks.md`.
///
/// @param mapped bytes mapped from the file
/// @param copied bytes of copied weights, at most
/// @param cache bytes of the cache; of a family whose layers keep a window only, at most
/// @param working bytes of a batch and its logits
/// @param tokens that the cache holds
/// @param certain bytes of these, but for what is mapped, that are taken whatever the processor and
///   the family
public record ModelMemory(
    long mapped, long copied, long cache, long working, int tokens, long certain) {
  /// What the JVM and the program take, with the JVM's own settings.
  private static final long PROGRAM = 400_000_000;

  /// Families of which every build keeps every token in every layer.
  private static final Set<String> WHOLE =
      Set.of("llama", "qwen2", "qwen2moe", "qwen3", "qwen3moe", "phi2", "gptneox", "starcoder2");

  /// Reckons it.
  ///
  /// @param header the model's
  /// @param build of llama.cpp
  /// @param cells tokens that the cache is made for
  /// @param slots completions drawn side by side
  /// @return bytes
  public static ModelMemory of(GgufHeader header, EngineBuild build, int cells, int slots) {
    GgufShape shape = header.shape();
    int tokens = build.roundedCells(cells);
    int sequences = build.sequences(slots);
    long rows = Math.max(build.mostRows(), sequences) * (shape.vocabulary() + 2 * shape.width());
    long outputs = sequences * shape.vocabulary();
    long copied = build.copies().bytes(shape.matrices());
    long cache = Short.BYTES * shape.cacheNumbers() * tokens;
    long working = Float.BYTES * (rows + outputs);
    boolean whole = !build.cacheApart() || WHOLE.contains(header.architecture());
    long certain =
        working
            + (whole ? cache : 0)
            + (build.copies().certain(System.getProperty("os.arch")) ? copied : 0);
    return new ModelMemory(shape.fileBytes(), copied, cache, working, tokens, certain);
  }

  /// What cannot be dropped and read again.
  ///
  /// @return bytes
  public long kept() {
    return copied + cache + working + PROGRAM;
  }

  /// All of it.
  ///
  /// @return bytes
  public long all() {
    return mapped + kept();
  }

  /// Makes sure that a machine could hold it. What is mapped is not asked for: without it drawing
  /// is slow, but goes on.
  ///
  /// @param name of the model
  /// @param host whose memory it is
  /// @throws InputException if it cannot
  public void requireRoom(String name, HostMemory host) {
    if (certain <= host.total()) return;
    throw new InputException(
        Problem.TOO_LARGE,
        "%s takes at least %s of memory beside its file (%sa cache of %d tokens %s, batches %s), and this machine or its container has %s; lower max-tokens, or choose a smaller model with "
            .formatted(
                name,
                gigabytes(certain),
                copied == 0 ? "" : "weights in another order " + gigabytes(copied) + ", ",
                tokens,
                gigabytes(cache),
                gigabytes(working),
                gigabytes(host.total())),
        Parameter.MODEL);
  }

  /// What a person should know of it before it is loaded.
  ///
  /// @param name of the model
  /// @param host whose memory it is
  /// @return one line
  public String line(String name, HostMemory host) {
    String parts =
        "%s takes about %s of memory: the file %s%s, a cache of %d tokens %s, the rest %s; %s are available"
            .formatted(
                name,
                gigabytes(all()),
                gigabytes(mapped),
                copied == 0 ? "" : ", weights in another order " + gigabytes(copied),
                tokens,
                gigabytes(cache),
                gigabytes(working + PROGRAM),
                gigabytes(host.available()));
    if (all() <= host.available()) return parts;
    return parts
        + (kept() <= host.available()
            ? ", so the file is read from disk again and again, which is slow"
            : ", so the system may end this program; lower max-tokens or choose a smaller model");
  }

  static String gigabytes(long bytes) {
    return bytes < 100_000_000
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
