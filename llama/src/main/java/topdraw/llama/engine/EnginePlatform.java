package topdraw.llama.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The operating systems and processors that there is a build of the engine for, each with the
/// SHA-256 of its library: what is loaded is what these were on the day they were pinned.
enum EnginePlatform {
  LINUX_X86_64(
      "Linux",
      "x86_64",
      "libjllama.so",
      "93276c536d00f037c37ed6ec1e55be9c828940f4a0af59af10a8f638a31bbc3c"),
  LINUX_AARCH64(
      "Linux",
      "aarch64",
      "libjllama.so",
      "d852c1625b2dac90a974613a2f019ecabf0c5d7bc054dcc14a05246d5aa2a1a7"),
  MAC_X86_64(
      "Mac",
      "x86_64",
      "libjllama.dylib",
      "02ec1b3570cde80e5fbfc3ba56b5de68ffef2a26e7b470a89547a80e87120e81"),
  MAC_AARCH64(
      "Mac",
      "aarch64",
      "libjllama.dylib",
      "7ba2311dc634e24b572512a2279357327511ad3d77dea032a77feab77c14d341"),
  WINDOWS_X86_64(
      "Windows",
      "x86_64",
      "jllama.dll",
      "6f9ddfdec919f3aa8853419b7e0e5868ffbd25294412314d4de41e6c20d63440");

  private final String system;
  private final String processor;
  private final String file;
  private final String sha256;

  EnginePlatform(String system, String processor, String file, String sha256) {
    this.system = system;
    this.processor = processor;
    this.file = file;
    this.sha256 = sha256;
  }

  /// The platform of an operating system and processor, if there is a build for it.
  ///
  /// @param system the system property `os.name`
  /// @param processor the system property `os.arch`
  static Optional<EnginePlatform> of(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    String kind =
        switch (processor) {
          case "amd64" -> "x86_64";
          case "arm64" -> "aarch64";
          default -> processor;
        };
    return Arrays.stream(values())
        .filter(platform -> name.startsWith(platform.system.toLowerCase(Locale.ROOT)))
        .filter(platform -> platform.processor.equals(kind))
        .findFirst();
  }

  /// All of them, as a sentence has them.
  static String list() {
    return Arrays.stream(values())
        .map(platform -> platform.system + " " + platform.processor)
        .collect(Collectors.joining(", "));
  }

  /// Where the jar keeps the library.
  String resource() {
    return "/de/kherud/llama/" + system + "/" + processor + "/" + file;
  }

  String file() {
    return file;
  }

  String sha256() {
    return sha256;
  }
}
