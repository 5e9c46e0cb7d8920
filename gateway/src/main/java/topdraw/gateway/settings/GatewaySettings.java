package topdraw.gateway.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// All that an operator sets ([GatewayFile]).
///
/// @param host the address to listen on
/// @param port the port; 0 for any that is free
/// @param hosts by what other names and addresses this machine is asked, in lower case
/// @param ledger where drift is counted: a file, or `postgresql://…`; empty for nowhere
/// @param instance the name of this gateway among those that share a ledger
/// @param limits what one request may cost, and all together
/// @param keys who may ask, by the key's name; where there are none, nobody needs a key
/// @param rewards what each reward is asked for by, by the name that callers use
/// @param aliases the names that clients ask for
/// @param source where candidates are drawn
/// @param record the file that answers are recorded in; empty for none
/// @param confidence of intervals and certificates
public record GatewaySettings(
    String host,
    int port,
    Set<String> hosts,
    Optional<String> ledger,
    String instance,
    Limits limits,
    Map<String, Key> keys,
    Map<String, String> rewards,
    List<Alias> aliases,
    Source source,
    Optional<Path> record,
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
          new Source.InProcess(Optional.empty(), Map.of()),
          Optional.empty(),
          0.95);

  /// Copies what it is given.
  public GatewaySettings {
    hosts = Set.copyOf(hosts);
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    rewards = Collections.unmodifiableMap(new LinkedHashMap<>(rewards));
    aliases = List.copyOf(aliases);
  }

  /// The same, listening elsewhere.
  ///
  /// @param address the address to listen on; empty for the one that is set
  /// @param number the port; empty for the one that is set
  /// @return the settings
  public GatewaySettings listening(Optional<String> address, OptionalInt number) {
    return new GatewaySettings(
        address.orElse(host),
        number.orElse(port),
        hosts,
        ledger,
        instance,
        limits,
        keys,
        rewards,
        aliases,
        source,
        record,
        confidence);
  }

  /// Whether this machine alone can ask.
  ///
  /// @return true where it listens on the machine's own address
  public boolean loopback() {
    return Set.of("127.0.0.1", "localhost", "[::1]").contains(hostInUrl());
  }

  /// What it listens on, as URLs and the header `Host` call it.
  ///
  /// @return the host; in brackets where it is an address of IPv6
  public String hostInUrl() {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /// A caller's key.
  ///
  /// @param sha256 its SHA-256, 64 hex digits
  /// @param perMinute how many requests a minute it may ask; empty for as many as it likes
  public record Key(String sha256, OptionalInt perMinute) {}

  /// Where candidates are drawn.
  public sealed interface Source {
    /// A model in this process.
    ///
    /// @param file a GGUF file; empty for the default model
    /// @param settings how the machine is used, by the engine's names, as `threads`
    record InProcess(Optional<Path> file, Map<String, String> settings) implements Source {
      /// Copies the settings.
      public InProcess {
        settings = Map.copyOf(settings);
      }
    }

    /// A model on a server.
    ///
    /// @param url its address
    /// @param model the model's name there, where it has several
    /// @param keyFile a file with its key, of mode 0600; else `OPENAI_API_KEY` holds it
    /// @param atOnce how many completions it is asked for at once
    /// @param ahead how many of them one early stop asks for at once
    /// @param seconds the most for one completion
    record Server(
        String url,
        Optional<String> model,
        Optional<Path> keyFile,
        int atOnce,
        int ahead,
        int seconds)
        implements Source {}
  }
}
