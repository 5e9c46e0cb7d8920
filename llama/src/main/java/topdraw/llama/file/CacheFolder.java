package topdraw.llama.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where the user's cache lies: `TOPDRAW_CACHE`, else `XDG_CACHE_HOME/topdraw`, else the platform's
/// own place.
public final class CacheFolder {
  private CacheFolder() {}

  /// The cache's folder, whether or not it is there.
  ///
  /// @param environment the process's environment
  /// @param system the system property `os.name`
  /// @return an absolute path
  public static Path of(Map<String, String> environment, String system) {
    return folder(environment, "TOPDRAW_CACHE")
        .or(() -> absolute(environment, "XDG_CACHE_HOME").map(CacheFolder::ours))
        .orElseGet(() -> ours(platform(environment, system.toLowerCase(Locale.ROOT))))
        .toAbsolutePath()
        .normalize();
  }

  private static Path platform(Map<String, String> environment, String system) {
    Path home = folder(environment, "HOME").orElse(Path.of(System.getProperty("user.home")));
    if (system.startsWith("mac")) return home.resolve("Library").resolve("Caches");
    if (system.startsWith("windows")) {
      return folder(environment, "LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
    }
    return home.resolve(".cache");
  }

  private static Path ours(Path caches) {
    return caches.resolve("topdraw");
  }

  /// The XDG base directory specification has relative paths ignored.
  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    return folder(environment, name).filter(Path::isAbsolute);
  }

  private static Optional<Path> folder(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
