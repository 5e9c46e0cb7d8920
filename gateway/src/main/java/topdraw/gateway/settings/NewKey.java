package topdraw.gateway.settings;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import topdraw.input.InputException;
import topdraw.json.Json;

/// A key for a client, made now and kept nowhere: the operator's file holds its hash alone.
///
/// @param name the client's, under which its key stands in the file
/// @param key what the client sends
public record NewKey(String name, String key) {
  private static final int BYTES = 24;

  /// Names that TOML takes without quotes: a dot would begin a table.
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

  /// Makes a key.
  ///
  /// @param name the client's
  /// @return a key that nobody can guess
  /// @throws InputException if the file takes no such name
  public static NewKey of(String name) {
    GatewayFile.requireKeyName(name);
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new NewKey(name, "td-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// What the file has to say of it.
  ///
  /// @return a table, in TOML
  public String table() {
    String bare = BARE.matcher(name).matches() ? name : "\"" + name + "\"";
    return "[keys.%s]%nsha256 = \"%s\"".formatted(bare, Json.sha256(key));
  }
}
