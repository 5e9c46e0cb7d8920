package topdraw.llama.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.file.Faults;

/// A model hub and the key to it. Not a record: nothing here may print the token.
final class HubEndpoint {
  private static final int MOST_PORTS = 65535;
  private static final String DEFAULT = "https://huggingface.co";

  private final URI base;
  private final Optional<String> token;

  private HubEndpoint(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /// Reads `HF_ENDPOINT` and `HF_TOKEN`.
  static HubEndpoint of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    return new HubEndpoint(
        base(endpoint.isEmpty() ? DEFAULT : endpoint),
        token.isEmpty() ? Optional.empty() : header(token));
  }

  private static Optional<String> header(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new InputException(
          Problem.MALFORMED,
          "HF_TOKEN holds a blank or a character outside ASCII, which no token has; copy it again");
    }
    return Optional.of("Bearer " + token);
  }

  private static URI base(String endpoint) {
    try {
      URI uri = URI.create(endpoint.replaceFirst("/+$", ""));
      boolean plain =
          uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      if (isServer(uri) && plain) return uri;
    } catch (IllegalArgumentException e) {
      // The message below says more; the JDK's would repeat the whole value, a password included.
    }
    throw new InputException(
        Problem.MALFORMED,
        "HF_ENDPOINT must be a plain address such as https://hub.example.org, was \""
            + Faults.oneLine(endpoint)
            + '"');
  }

  URI file(PinnedModel model) {
    return URI.create(base + "/" + model.hubRepository() + "/resolve/main/" + model.file());
  }

  /// The `Authorization` header, only for the endpoint itself: same scheme, host and port.
  Optional<String> authorization(URI uri) {
    return origin(uri).equals(origin(base)) ? token : Optional.empty();
  }

  /// The endpoint's address, for messages.
  String shown() {
    return origin(base);
  }

  static URI redirect(URI from, String location) throws IOException {
    try {
      URI to = from.resolve(location);
      if (isServer(to) && !("https".equals(from.getScheme()) && !"https".equals(to.getScheme())))
        return to;
    } catch (IllegalArgumentException e) {
      throw new IOException("redirected to something that is no address", e);
    }
    throw new IOException("redirected away from " + from.getScheme());
  }

  static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> "status " + status + ": access refused; set HF_TOKEN to a valid token";
      case 404 -> "status 404: the model is not there";
      default -> "status " + status;
    };
  }

  /// Java's own client takes what is no port for a bug of its caller.
  private static boolean isServer(URI uri) {
    return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getPort() <= MOST_PORTS;
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
