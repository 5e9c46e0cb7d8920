package topdraw.llama.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.llama.file.Faults;
import topdraw.llama.file.Sha256;

/// llama.cpp's shared library on this machine: taken out of the package that carries it into the
/// user's cache, and opened.
///
/// The bytes must be those that [EnginePlatform] or [Carrier.Npm] pins before any of them is
/// opened. They lie in a folder named after their hash and appear there by one atomic move, so two
/// processes that start at once never see half of them.
///
/// @param symbols of the library
/// @param processors where the libraries lie of which one suits the processor; empty where all is
///   in one
record NativeLibrary(SymbolLookup symbols, Optional<Path> processors) {
  private static final String CANNOT_WRITE =
      "cannot write llama.cpp's library below %s (%s); set TOPDRAW_CACHE to a folder that can be"
          + " written";

  /// Opens the library for the rest of the process's life.
  ///
  /// @param cache Topdraw's cache folder
  /// @return its symbols
  /// @throws IllegalStateException if this platform has no library, it has not been fetched, its
  ///   bytes are others than the pinned ones, the cache cannot be written, or a library that it
  ///   needs is missing; one line that says how to mend it
  static NativeLibrary open(EngineBuild build, Path cache) {
    String system = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    Path home = cache.resolve("native");
    return switch (build.carrier()) {
      case Carrier.Jar _ -> open(extract(platform(system, processor), home));
      case Carrier.Npm npm -> {
        build.requireFor(system, processor);
        yield open(npm, unpacked(build, npm, home));
      }
    };
  }

  private static NativeLibrary open(Path file) {
    Spinning.limit(System.getenv());
    return new NativeLibrary(
        symbols(file, List.of("libgomp.so.1", "libstdc++.so.6"), "2.28"), Optional.empty());
  }

  private static NativeLibrary open(Carrier.Npm npm, Path folder) {
    List<String> needed = List.of("libstdc++.so.6");
    SymbolLookup ggml = symbols(folder.resolve(npm.ggml()), needed, "2.34");
    SymbolLookup llama = symbols(folder.resolve(npm.llama()), needed, "2.34");
    return new NativeLibrary(llama.or(ggml), Optional.of(folder));
  }

  private static SymbolLookup symbols(Path file, List<String> needed, String glibc) {
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new EngineException(missing(file, needed, glibc), e);
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

  /// Puts the library into its own folder below `home`, unless it already lies there unharmed: then
  /// the jar is not read.
  static Path extract(EnginePlatform platform, Path home) {
    try {
      Path file = file(platform, home);
      return holds(file, platform) ? file : place(platform, packaged(platform), home);
    } catch (IOException e) {
      throw new EngineException(CANNOT_WRITE.formatted(home, Faults.reason(e)), e);
    }
  }

  private static byte[] packaged(EnginePlatform platform) throws IOException {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(platform.resource())) {
      if (in == null) {
        throw new EngineException(
            "the class path lacks " + platform.resource() + "; it comes with de.kherud:llama");
      }
      return in.readAllBytes();
    }
  }

  private static Path file(EnginePlatform platform, Path home) {
    String folder = EngineBuild.B4916.label() + "-" + platform.sha256().substring(0, 16);
    return home.resolve(folder).resolve(platform.file());
  }

  /// The folder of the libraries that a package of npm's holds, taken out of it unless they already
  /// lie there unharmed.
  static Path unpacked(EngineBuild build, Carrier.Npm npm, Path home) {
    Path folder = home.resolve(build.label() + "-" + npm.librariesSha256().substring(0, 16));
    Path packed = home.resolve(npm.file());
    try {
      if (holds(folder, npm)) return folder;
      if (!Files.isRegularFile(packed)) {
        throw new EngineException(
            "the engine %s is not in %s; EngineStore fetches it, and so does any command with --engine %s"
                .formatted(build.label(), home, build.label()));
      }
      unpack(npm, packed, folder);
    } catch (IOException e) {
      throw new EngineException(CANNOT_WRITE.formatted(home, Faults.reason(e)), e);
    }
    return folder;
  }

  private static void unpack(Carrier.Npm npm, Path packed, Path folder) throws IOException {
    String mend = "remove it, and it is fetched again";
    requirePinned(Sha256.of(packed), npm.sha256(), packed.toString(), mend);
    removeLeftovers(folder.resolveSibling(""), "part*");
    Path part = Files.createTempDirectory(folder.resolveSibling(""), "part");
    try (InputStream in = Files.newInputStream(packed)) {
      Tarball.unpack(
          in,
          npm.folder(),
          name -> name.equals(npm.llama()) || name.matches("libggml[-.].*[.]so"),
          part);
      requirePinned(listing(part), npm.librariesSha256(), packed.toString(), mend);
      if (Files.exists(folder)) delete(folder);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!holds(folder, npm)) throw e; // else another process was faster
    } finally {
      if (Files.exists(part)) delete(part);
    }
  }

  private static boolean holds(Path folder, Carrier.Npm npm) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && listing(folder).equals(npm.librariesSha256());
  }

  /// The SHA-256 of what `sha256sum *` would print in a folder: every file counts, for every one
  /// may be loaded.
  private static String listing(Path folder) throws IOException {
    var lines = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted(Comparator.comparing(NativeLibrary::name)).toList()) {
        lines.append(Sha256.of(file)).append("  ").append(name(file)).append('\n');
      }
    }
    return Sha256.of(lines.toString());
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
    }
    Files.delete(folder);
  }

  private static void requirePinned(String sha256, String pinned, String where, String mend) {
    if (!sha256.equals(pinned)) {
      throw new EngineException(
          "llama.cpp's library %s is not the one that Topdraw knows (sha256 %s, expected %s); %s"
              .formatted(where, sha256, pinned, mend));
    }
  }

  /// Writes a library if it is the pinned one.
  static Path place(EnginePlatform platform, byte[] library, Path home) throws IOException {
    requirePinned(
        Sha256.of(library), platform.sha256(), "on the class path", "install Topdraw again");
    Path file = file(platform, home);
    place(library, file.resolveSibling(""), file);
    return file;
  }

  private static boolean holds(Path file, EnginePlatform platform) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Sha256.of(file).equals(platform.sha256());
  }

  private static void place(byte[] library, Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    removeLeftovers(folder, "part*.tmp");
    Path part = Files.createTempFile(folder, "part", ".tmp");
    try {
      Files.write(part, library);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// What a process that was killed left; a live one needs seconds.
  private static void removeLeftovers(Path folder, String named) throws IOException {
    Instant before = Instant.now().minus(Duration.ofHours(1));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, named)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(before)) {
          if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) delete(part);
          else Files.deleteIfExists(part);
        }
      }
    }
  }

  private static String missing(Path file, List<String> needed, String glibc) {
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
        + "; is the folder mounted noexec, or the C library older than glibc "
        + glibc
        + " (or musl)?";
  }
}
