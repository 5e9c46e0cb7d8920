package topdraw.llama;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// llama.cpp's shared library on this machine: taken out of the jar that carries it into the user's
/// cache, and opened.
///
/// The file lies in a folder named after its hash and appears there by one atomic move, so two
/// processes that start at once never see half of it.
final class NativeLibrary {
  private static final String CARRIED =
      "Linux x86_64/aarch64, macOS x86_64/aarch64 and Windows x86_64";

  private NativeLibrary() {}

  /// Opens the library for the rest of the process's life.
  ///
  /// @param cache the user's cache folder
  /// @return its symbols
  /// @throws IllegalStateException if this platform has no library, the cache cannot be written, or
  ///   a library that it needs is missing; one line that says how to mend it
  static SymbolLookup open(Path cache) {
    String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path file = extract(resource, cache.resolve("topdraw").resolve("native"));
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(missing(file, List.of("libgomp.so.1", "libstdc++.so.6")), e);
    }
  }

  /// The user's cache folder: `XDG_CACHE_HOME`, or `.cache` in the home folder.
  static Path cache() {
    String folder = System.getenv("XDG_CACHE_HOME");
    return folder == null || folder.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(folder);
  }

  /// Where the carrier keeps the library of a platform.
  static String resource(String os, String architecture) {
    String system = os.toLowerCase(Locale.ROOT);
    String folder =
        system.contains("linux")
            ? "Linux"
            : system.contains("mac") ? "Mac" : system.contains("windows") ? "Windows" : "";
    String processor =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> "";
        };
    if (folder.isEmpty()
        || processor.isEmpty()
        || (folder.equals("Windows") && processor.equals("aarch64"))) {
      throw new IllegalStateException(
          "the embedded engine exists for %s, not for %s %s; use recorded samples there"
              .formatted(CARRIED, os, architecture));
    }
    String name =
        switch (folder) {
          case "Linux" -> "libjllama.so";
          case "Mac" -> "libjllama.dylib";
          default -> "jllama.dll";
        };
    return "/de/kherud/llama/" + folder + "/" + processor + "/" + name;
  }

  /// Puts the resource into its own folder below `home`, unless it already lies there unharmed.
  static Path extract(String resource, Path home) {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "the class path lacks " + resource + "; it comes with de.kherud:llama");
      }
      byte[] library = in.readAllBytes();
      Path folder = home.resolve(LlamaLibrary.BUILD + "-" + hash(library).substring(0, 16));
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      if (!holds(file, library)) place(library, folder, file);
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot write llama.cpp's library below %s (%s); set XDG_CACHE_HOME to a folder that can be written"
              .formatted(home, e),
          e);
    }
  }

  private static boolean holds(Path file, byte[] library) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == library.length
        && Arrays.equals(Files.readAllBytes(file), library);
  }

  private static void place(byte[] library, Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part", ".tmp");
    try {
      Files.write(part, library);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
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

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
