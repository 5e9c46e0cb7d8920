package topdraw.llama.engine;

/// The package that carries a build of llama.cpp to this machine.
public sealed interface Carrier {
  /// Its name and version, as a fingerprint has them.
  ///
  /// @return one line
  String title();

  /// A jar on the class path, with one library for each [EnginePlatform].
  ///
  /// @param title name and version
  record Jar(String title) implements Carrier {}

  /// A package of npm's, fetched into the user's cache; for Linux on x86_64.
  ///
  /// @param name of the package
  /// @param version of it, exactly
  /// @param sha256 of the package, 64 lower-case hex digits
  /// @param bytes of the package
  /// @param folder where the libraries lie in it
  /// @param llama the library of `llama.h`
  /// @param ggml the library that loads the one of `libggml-cpu-*` that suits the processor
  /// @param librariesSha256 of the list of the libraries: their names in order, each after the
  ///   SHA-256 of its bytes and two spaces, a line each, as `sha256sum` prints them
  record Npm(
      String name,
      String version,
      String sha256,
      long bytes,
      String folder,
      String llama,
      String ggml,
      String librariesSha256)
      implements Carrier {
    @Override
    public String title() {
      return name + " " + version;
    }

    /// The package's file in the cache.
    ///
    /// @return a file name
    public String file() {
      return name.replaceAll("[^a-z0-9-]", "-").substring(1) + "-" + version + ".tgz";
    }
  }
}
