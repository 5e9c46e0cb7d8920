package topdraw.llama;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.llama.engine.Carrier;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;

/// What the probabilities of a model in this process depend on
/// ([topdraw.reference.Provenance#fingerprint]).
final class Fingerprint {
  private Fingerprint() {}

  /// The facts.
  ///
  /// @param processor what llama.cpp finds ([topdraw.llama.engine.LlamaModel#processor])
  /// @param day the day that conversations depend on, where they do
  /// @return them by name, in the order in which they are printed
  static Map<String, String> of(
      ModelFile file, String processor, LlamaSettings settings, Optional<LocalDate> day) {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    EngineBuild engine = settings.engine();
    fingerprint.put(
        "library", "llama.cpp " + engine.label() + " (" + engine.carrier().title() + ")");
    // The jar's hash is not told, for it was not in what has been recorded.
    if (engine.carrier() instanceof Carrier.Npm npm) {
      fingerprint.put("library-sha256", npm.librariesSha256());
    }
    fingerprint.put("processor", processor);
    fingerprint.put("model-sha256", file.sha256());
    fingerprint.put("quantization", file.quantization());
    fingerprint.put("kv-type", "f16");
    fingerprint.put("threads", Integer.toString(settings.threads()));
    fingerprint.put("flash-attention", "on");
    fingerprint.put("width", Integer.toString(settings.width()));
    day.ifPresent(told -> fingerprint.put("template-date", told.toString()));
    return fingerprint;
  }
}
