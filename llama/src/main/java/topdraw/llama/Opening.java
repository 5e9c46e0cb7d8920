package topdraw.llama;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.HostMemory;
import topdraw.llama.engine.ModelMemory;
import topdraw.llama.engine.Quantizer;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.llama.store.WeightCopies;
import topdraw.provider.Asked;
import topdraw.provider.DownloadProgress;

/// What `llama` or `llama:FILE.gguf` opens, and how: the settings are `threads`, `width`,
/// `context-tokens` and `engine`, as in [LlamaSettings] and [EngineBuild#label], and `trust-model`:
/// with `true` the file need not be one that Topdraw knows by its hash. `weights` of `q8_0` opens a
/// faster copy of the model, which is another policy.
///
/// @param file the model, its header checked
/// @param settings how the machine is used
/// @param own whether it is a file of the user's
record Opening(ModelFile file, LlamaSettings settings, boolean own) {
  /// How it is asked for.
  static final String NAME = "llama";

  static final String FORM = "llama[:FILE.gguf]";

  private static final String TRUST = "trust-model";
  private static final String ENGINE = "engine";
  private static final String WEIGHTS = "weights";
  private static final List<String> SETTINGS =
      List.of("threads", "width", "context-tokens", ENGINE, WEIGHTS, TRUST);

  /// Finds the engine and the model, which are fetched where they are not there, a model only if it
  /// is the default one.
  ///
  /// @param asked what was asked for
  /// @param given settings by their names
  /// @param progress hears of what has to be fetched
  /// @throws InputException if a setting is unknown or wrong, or the file is not to be used
  static Opening of(Asked asked, Map<String, String> given, DownloadProgress progress) {
    LlamaSettings settings = settings(given);
    Optional.ofNullable(given.get(WEIGHTS)).ifPresent(WeightCopies::require); // before a download
    EngineStore.inUserCache(System.getenv()).fetch(settings.engine(), progress);
    ModelStore store = ModelStore.inUserCache(System.getenv());
    ModelFile file =
        asked
            .argument()
            .map(path -> store.open(Path.of(path), trusted(given)))
            .orElseGet(() -> store.defaultModel(progress));
    return new Opening(
        weights(file, settings, given, progress), settings, asked.argument().isPresent());
  }

  /// Says what memory a user's own model will take.
  ///
  /// @param maxTokens the most tokens of a completion
  /// @param progress hears it
  /// @throws InputException if this machine cannot hold it
  void tellMemory(int maxTokens, DownloadProgress progress) {
    if (!own) return; // known, and told by the doctor
    HostMemory host = HostMemory.now();
    ModelMemory memory = settings.memory(GgufHeader.read(file.path()), maxTokens);
    memory.requireRoom(file.path().toString(), host);
    progress.note(memory.line(file.name(), host));
  }

  /// The model itself, or its copy in other weights.
  private static ModelFile weights(
      ModelFile file,
      LlamaSettings settings,
      Map<String, String> given,
      DownloadProgress progress) {
    if (!given.containsKey(WEIGHTS)) return file;
    EngineStore.inUserCache(System.getenv()).fetch(Quantizer.BUILD, progress);
    return WeightCopies.inUserCache(System.getenv()).q8(file, settings.threads(), progress);
  }

  private static LlamaSettings settings(Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!SETTINGS.contains(name)) {
        throw new InputException(
            Problem.UNKNOWN,
            "llama has no setting '" + name + "'; there are " + String.join(", ", SETTINGS));
      }
    }
    LlamaSettings defaults = LlamaSettings.defaults();
    return new LlamaSettings(
        number(given, "threads", defaults.threads()),
        number(given, "width", defaults.width()),
        number(given, "context-tokens", defaults.contextTokens()),
        Optional.ofNullable(given.get(ENGINE)).map(EngineBuild::of).orElse(defaults.engine()));
  }

  private static boolean trusted(Map<String, String> given) {
    return Boolean.parseBoolean(given.get(TRUST));
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String value = given.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InputException(Problem.MALFORMED, name + " is a whole number, was '" + value + "'")
          .by(e);
    }
  }
}
