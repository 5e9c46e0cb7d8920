package topdraw.servers.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Where a server listens. Two ways to write one address are equal.
///
/// @param root scheme, host, port and the path before its routes, with no slash at the end and
///   without the `/v1` of its routes
/// @param typed as a person wrote it, which messages say again
public record ServerAddress(URI root, String typed) {
  private static final int MOST_PORTS = 65535;

  /// Reads an address.
  ///
  /// @param text as a person writes it: `http://127.0.0.1:8000`, with or without `/v1`
  /// @return the address
  /// @throws InputException if it is none, or holds a password
  public static ServerAddress of(String text) {
    String shown = Redaction.of(text);
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw wrong(shown);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null) {
      throw new InputException(
          Problem.CONFLICT,
          "a server's address holds no user and no password; give the key in the environment"
              + " variable "
              + Secret.VARIABLE
              + " or in a file");
    }
    boolean port = uri.getPort() != 0 && uri.getPort() <= MOST_PORTS;
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null || !port) {
      throw wrong(shown);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InputException(
          Problem.MALFORMED, "a server's address ends with its path, was " + shown);
    }
    String path = uri.getRawPath().replaceFirst("/+$", "").replaceFirst("/v1$", "");
    String colon = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return new ServerAddress(URI.create(scheme + "://" + host + colon + path), shown);
  }

  private static InputException wrong(String shown) {
    return new InputException(
        Problem.MALFORMED,
        "a server's address is like http://127.0.0.1:8000 or https://api.openai.com/v1, was "
            + shown);
  }

  /// One of the server's routes.
  ///
  /// @param path the route, as `/v1/models`
  /// @return its address
  public URI route(String path) {
    return URI.create(root + path);
  }

  /// Whether what is sent can be read on its way.
  boolean plain() {
    return root.getScheme().equals("http");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerAddress address && root.equals(address.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return typed;
  }
}
