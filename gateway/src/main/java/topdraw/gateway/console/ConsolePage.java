package topdraw.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of the page. They hold nothing of anybody's, so they are for whoever may reach the
/// port; all that they show is asked for with a key.
public final class ConsolePage {
  /// Where the page is.
  public static final String PATH = "/console/";

  /// What is sent with every file. Nothing runs or is loaded but these files themselves, and no
  /// text ever becomes markup: the browser refuses the calls that would make it so.
  public static final Map<String, String> HEADERS =
      Map.of(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "x-content-type-options",
          "nosniff",
          "referrer-policy",
          "no-referrer",
          "cross-origin-opener-policy",
          "same-origin",
          "cache-control",
          "no-cache");

  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "charts.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, Asset> assets = new LinkedHashMap<>();

  /// A file.
  ///
  /// @param type what it is, for `Content-Type`
  /// @param bytes what it holds; not to be changed
  @SuppressWarnings("ArrayRecordComponent") // never compared, sent as it is
  public record Asset(String type, byte[] bytes) {}

  /// Reads the files.
  public ConsolePage() {
    TYPES.forEach((name, type) -> assets.put(PATH + name, new Asset(type, read(name))));
    assets.put(PATH, asset("index.html"));
  }

  private Asset asset(String name) {
    return Optional.ofNullable(assets.get(PATH + name)).orElseThrow();
  }

  private static byte[] read(String name) {
    try (InputStream in = ConsolePage.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the console's " + name + " is missing");
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the files are.
  ///
  /// @return their paths
  public Set<String> paths() {
    return Set.copyOf(assets.keySet());
  }

  /// The file at a path.
  ///
  /// @param path one of [#paths]
  /// @return the file
  public Asset at(String path) {
    return Optional.ofNullable(assets.get(path)).orElseThrow();
  }
}
