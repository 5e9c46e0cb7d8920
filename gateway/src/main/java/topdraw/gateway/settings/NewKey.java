package topdraw.gateway.settings;

import java.security.SecureRandom;
import java.util.Base64;
import topdraw.json.Json;

/// A key for a client, made now and kept nowhere: the operator's file holds its hash alone.
///
/// @param name the client's, under which its key stands in the file
/// @param key what the client sends
public record NewKey(String name, String key) {
  private static final int BYTES = 24;

  /// Makes a key.
  ///
  /// @param name the client's
  /// @return a key that nobody can guess
  public static NewKey of(String name) {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new NewKey(name, "td-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// What the file has to say of it.
  ///
  /// @return a table, in TOML
  public String table() {
    return "[keys.%s]%nsha256 = \"%s\"".formatted(name, Json.sha256(key));
  }
}
