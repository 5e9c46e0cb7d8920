package topdraw.gateway.ledger;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Where the drift ledger is kept.
public sealed interface Database {
  /// The environment variable that holds PostgreSQL's password, as its own programs read it. Where
  /// it is not set the driver reads `~/.pgpass`, as they do.
  String PASSWORD = "PGPASSWORD";

  /// One file, made when it is not there, which its owner alone may read. For one gateway, or for
  /// several on one machine; on a disk of that machine.
  ///
  /// @param file the file
  record Sqlite(Path file) implements Database {
    /// Checks the name.
    ///
    /// @throws InputException if it holds a question mark, after which the driver reads settings
    public Sqlite {
      if (file.toString().contains("?")) {
        throw new InputException(
            Problem.UNSUPPORTED,
            "the name of a drift ledger's file has no question mark, was " + file);
      }
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// A database of a PostgreSQL server, for gateways on several machines. The tables, whose names
  /// begin with `topdraw_`, are made when they are not there.
  ///
  /// @param address `postgresql://HOST[:PORT]/DATABASE[?SETTINGS]`, without user and password
  /// @param user who asks
  /// @param password the password; empty where none is needed or `~/.pgpass` has it
  record Postgresql(String address, Optional<String> user, Optional<String> password)
      implements Database {
    /// The address alone: what is printed holds no password.
    @Override
    public String toString() {
      return address;
    }
  }

  /// What a setting names.
  ///
  /// @param place a path, or `postgresql://[USER@]HOST[:PORT]/DATABASE`
  /// @param secrets what the environment holds
  /// @return the database
  /// @throws InputException if it is neither, or holds a password
  static Database of(String place, Function<String, Optional<String>> secrets) {
    String scheme = place.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
    if (!place.contains("://")) {
      try {
        return new Sqlite(Path.of(place));
      } catch (InvalidPathException e) {
        throw new InputException(Problem.MALFORMED, place + " is no path").by(e);
      }
    }
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw unknown(scheme + "://…", null);
    }
    URI address;
    try {
      address = new URI(place);
    } catch (URISyntaxException e) {
      throw unknown(scheme + "://…", e);
    }
    String user = address.getUserInfo();
    String settings = address.getRawQuery();
    if ((user != null && user.contains(":"))
        || (settings != null && settings.toLowerCase(Locale.ROOT).contains("password"))) {
      throw new InputException(
          Problem.CONFLICT,
          "a password in an address ends in logs; put it into the environment variable "
              + PASSWORD
              + " or into ~/.pgpass");
    }
    String path = address.getRawPath();
    if (address.getHost() == null || path == null || path.length() < 2) {
      throw unknown(place, null);
    }
    return new Postgresql(
        "postgresql://"
            + address.getHost()
            + (address.getPort() < 0 ? "" : ":" + address.getPort())
            + path
            + (settings == null ? "" : "?" + settings),
        Optional.ofNullable(user),
        secrets.apply(PASSWORD));
  }

  private static InputException unknown(String place, @Nullable Exception cause) {
    return new InputException(
            Problem.MALFORMED,
            place
                + " is no place for a drift ledger; give a file, or"
                + " postgresql://USER@HOST:PORT/DATABASE")
        .by(cause);
  }
}
