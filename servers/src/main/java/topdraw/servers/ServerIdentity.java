package topdraw.servers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a server says it is.
///
/// @param kind which kind of server
/// @param version its version, as it says; empty where it says none
/// @param models the models it offers, as they are asked for; none where it does not tell
/// @param slots how many completions it draws at once; 0 where it does not tell
/// @param vocabulary how many tokens its model has; 0 where it does not tell
/// @param facts what else fixes its probabilities, by name
public record ServerIdentity(
    ServerKind kind,
    String version,
    List<String> models,
    int slots,
    int vocabulary,
    Map<String, String> facts) {
  /// Copies the collections, keeping their order.
  public ServerIdentity {
    models = List.copyOf(models);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /// Kind and version.
  ///
  /// @return such as `vLLM 0.32.0`
  public String words() {
    return version.isEmpty() ? kind.label() : kind.label() + " " + version;
  }
}
