package topdraw.llama;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.ModelStore;
import topdraw.provider.Asked;
import topdraw.provider.Offer;
import topdraw.reference.PolicyContext;
import topdraw.reference.PolicyProvider;
import topdraw.reference.ReferencePolicy;

/// Provides `llama`, the default model, and `llama:FILE.gguf`, another. Its settings are `threads`,
/// `width` and `context-tokens`, as in [LlamaSettings], and `trust-model`: with `true` the file
/// need not be one that Topdraw knows by its hash.
///
/// What it opens also draws block by block ([topdraw.reference.BlockPolicy]) and answers questions
/// ([topdraw.reference.Judge]).
public final class LlamaProvider implements PolicyProvider {
  private static final String TRUST = "trust-model";
  private static final List<String> SETTINGS = List.of("threads", "width", "context-tokens", TRUST);

  /// The service loader's constructor.
  public LlamaProvider() {}

  @Override
  public List<Offer<ReferencePolicy, PolicyContext>> offers() {
    return List.of(new Offer<>("llama", "llama[:FILE.gguf]", LlamaProvider::open));
  }

  private static ReferencePolicy open(Asked asked, PolicyContext context) {
    LlamaSettings settings = settings(context.settings());
    ModelStore store = ModelStore.inUserCache(System.getenv());
    ModelFile file =
        asked
            .argument()
            .map(path -> store.open(Path.of(path), trusted(context.settings())))
            .orElseGet(() -> store.defaultModel(context.progress()));
    return LlamaPolicy.open(file, context.sampling(), context.seed(), settings);
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
        number(given, "context-tokens", defaults.contextTokens()));
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
