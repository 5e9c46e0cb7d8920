package topdraw.gateway.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that an operator sets ([GatewayFile]).
///
/// @param host the address to listen on
/// @param port the port; 0 for any that is free
/// @param hosts by what other names and addresses this machine is asked, in lower case
/// @param ledger where drift is counted: a file, or `postgresql://…`; empty for nowhere
/// @param instance the name of this gateway among those that share a ledger
/// @param limits what one request may cost, and all together
/// @param keys the SHA-256 of each key in hex, by the key's name
/// @param rewards what each reward is asked for by, by the name that callers use
/// @param aliases the names that clients ask for
/// @param upstream the model's server; empty for the model in this process
/// @param confidence of intervals and certificates
public record GatewaySettings(
    String host,
    int port,
    Set<String> hosts,
    Optional<String> ledger,
    String instance,
    Limits limits,
    Map<String, String> keys,
    Map<String, String> rewards,
    List<Alias> aliases,
    Optional<ModelServer> upstream,
    double confidence) {
  /// The port where nothing is said.
  public static final int USUAL_PORT = 8080;

  /// What holds where there is no file: this machine alone, no keys, the model in this process, and
  /// nothing counted.
  public static final GatewaySettings USUAL =
      new GatewaySettings(
          "127.0.0.1",
          USUAL_PORT,
          Set.of(),
          Optional.empty(),
          "gateway",
          Limits.USUAL,
          Map.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          0.95);

  /// Copies what it is given.
  public GatewaySettings {
    hosts = Set.copyOf(hosts);
    keys = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(keys));
    rewards = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(rewards));
    aliases = List.copyOf(aliases);
  }

  /// A model's server.
  ///
  /// @param url its address
  /// @param model the model's name there, where it has several
  /// @param keyFile a file with its key, of mode 0600; else `OPENAI_API_KEY` holds it
  /// @param atOnce how many completions it is asked for at once
  /// @param ahead how many of them one early stop asks for at once
  /// @param seconds the most for one completion
  public record ModelServer(
      String url,
      Optional<String> model,
      Optional<Path> keyFile,
      int atOnce,
      int ahead,
      int seconds) {}
}
