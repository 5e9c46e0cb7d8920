package topdraw.gateway.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.settings.GatewaySettings;
import topdraw.json.Json;

/// Who may come in. Keys are known by their SHA-256 alone; a page of another origin, and a name of
/// this machine that its owner has not given it, stay outside: a browser can be talked into asking
/// for them.
public final class Door {
  /// The name of who comes without a key, where none is needed.
  public static final String NOBODY = "local";

  private static final String BEARER = "bearer ";

  private final Map<String, byte[]> keys = new LinkedHashMap<>();
  private final Map<String, Rate> rates = new LinkedHashMap<>();
  private final Set<String> hosts;

  /// A door.
  ///
  /// @param keys by the key's name; where there are none, nobody needs one
  /// @param hosts the names and addresses that this machine is asked by, in lower case, without
  ///   port
  public Door(Map<String, GatewaySettings.Key> keys, Set<String> hosts) {
    keys.forEach(
        (name, key) -> {
          this.keys.put(name, HexFormat.of().parseHex(key.sha256()));
          key.perMinute().ifPresent(most -> rates.put(name, new Rate(most)));
        });
    this.hosts = Set.copyOf(hosts);
  }

  /// Finds out who asks.
  ///
  /// @param authorization the header `Authorization`, where it was sent
  /// @return the name of the key
  /// @throws ApiException if a key is needed and this is none
  public String keyOf(Optional<String> authorization) {
    if (keys.isEmpty()) return NOBODY;
    String given =
        authorization
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()).strip())
            .orElse("");
    byte[] sha256 = HexFormat.of().parseHex(Json.sha256(given.getBytes(StandardCharsets.UTF_8)));
    String known = "";
    for (Map.Entry<String, byte[]> key : keys.entrySet()) {
      // Each is compared, and in full, so that time tells nothing.
      if (MessageDigest.isEqual(key.getValue(), sha256)) known = key.getKey();
    }
    if (known.isEmpty()) {
      throw new ApiException(
          401,
          "authentication_error",
          given.isEmpty() ? "missing_api_key" : "invalid_api_key",
          Optional.empty(),
          given.isEmpty()
              ? "a key is needed: send it as Authorization: Bearer KEY"
              : "this key is not known here");
    }
    return known;
  }

  /// Counts a request that costs something.
  ///
  /// @param key the name of the key it came with
  /// @throws ApiException if that has asked as often as it may
  public void count(String key) {
    Rate rate = rates.get(key);
    if (rate != null && !rate.take(System.nanoTime())) {
      throw new ApiException(
          429,
          "rate_limit_error",
          "rate_limit_exceeded",
          Optional.empty(),
          "this key may ask %d times a minute; ask again in a moment".formatted(rate.perMinute()));
    }
  }

  /// Refuses a request that a page of another origin has brought about.
  ///
  /// @param host what the request calls this machine, with or without port
  /// @param origin the header `Origin`, where a browser sent it
  /// @throws ApiException if it is one
  public void require(String host, Optional<String> origin) {
    if (!hosts.contains(withoutPort(host.toLowerCase(Locale.ROOT)))) {
      throw new ApiException(
          403,
          "permission_error",
          "unknown_host",
          Optional.empty(),
          "this gateway is not called \"%s\"; ask it by %s, or name it in hosts"
              .formatted(
                  host.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?"), String.join(", ", sorted())));
    }
    if (origin.isPresent() && !ours(origin.get(), host)) {
      throw new ApiException(
          403,
          "permission_error",
          "foreign_origin",
          Optional.empty(),
          "pages of other origins may not ask this gateway");
    }
  }

  private List<String> sorted() {
    return hosts.stream().sorted().toList();
  }

  private static boolean ours(String origin, String host) {
    try {
      URI uri = URI.create(origin);
      return uri.getAuthority() != null && uri.getAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean sixth = host.startsWith("[") && colon < host.indexOf(']');
    return colon < 0 || sixth ? host : host.substring(0, colon);
  }
}
