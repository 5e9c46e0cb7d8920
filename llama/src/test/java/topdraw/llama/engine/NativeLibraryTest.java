package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.Sha256;

class NativeLibraryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(EnginePlatform.class)
  void everyPlatformsLibraryIsThePinnedOne(EnginePlatform platform) throws IOException {
    Path file = NativeLibrary.extract(platform, folder);

    assertThat(Sha256.of(file)).isEqualTo(platform.sha256());
    assertThat(NativeLibrary.extract(platform, folder)).isEqualTo(file);
  }

  @Test
  void anotherLibraryIsRefusedBeforeAnythingIsWritten() throws IOException {
    byte[] library = bytes(EnginePlatform.LINUX_X86_64);
    library[library.length / 2] ^= 1;

    assertThatIllegalStateException()
        .isThrownBy(() -> NativeLibrary.place(EnginePlatform.LINUX_X86_64, library, folder))
        .withMessageContaining("is not the one that Topdraw knows")
        .withMessageContaining(EnginePlatform.LINUX_X86_64.sha256())
        .withMessageContaining("install Topdraw again");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLibraryDamagedInTheCacheIsReplaced() throws IOException {
    Path file = NativeLibrary.extract(EnginePlatform.LINUX_X86_64, folder);
    byte[] damaged = Files.readAllBytes(file);
    damaged[1000] ^= 1;
    Files.write(file, damaged);

    NativeLibrary.extract(EnginePlatform.LINUX_X86_64, folder);

    assertThat(Sha256.of(file)).isEqualTo(EnginePlatform.LINUX_X86_64.sha256());
  }

  @Test
  void aPlatformWithoutALibraryIsToldWhichHaveOne() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeLibrary.platform("Windows 11", "x86"))
        .withMessage(
            "the embedded engine exists for Linux x86_64, Linux aarch64, Mac x86_64, Mac aarch64,"
                + " Windows x86_64, not for Windows 11 x86; use recorded samples there");
  }

  /// What npm brought, damaged in the cache and mended from the package; not there at all.
  @Test
  void npmsLibrariesAreThoseOfThePackageWhateverBecameOfThem() throws IOException {
    EngineBuild build = EngineBuild.V0_5_0;
    var npm = (Carrier.Npm) build.carrier();
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeLibrary.unpacked(build, npm, folder))
        .withMessage(
            "the engine v0.5.0 is not in "
                + folder
                + "; EngineStore fetches it, and so does any command with --engine v0.5.0");
    Path packed =
        CacheFolder.of(System.getenv(), System.getProperty("os.name"))
            .resolve("native")
            .resolve(npm.file());
    assumeTrue(
        Files.exists(packed), "the engine v0.5.0 is not installed; ./check --install brings it");
    Files.copy(packed, folder.resolve(npm.file()));
    Path killed = Files.createDirectory(folder.resolve("part-killed"));
    Files.writeString(killed.resolve("libggml.so"), "half");
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path alive = Files.createDirectory(folder.resolve("part-alive"));

    Path libraries = NativeLibrary.unpacked(build, npm, folder);
    assertThat(libraries).isDirectoryContaining("glob:**" + npm.llama());
    assertThat(killed).as("what a killed process left").doesNotExist();
    assertThat(alive).exists();
    byte[] ggml = Files.readAllBytes(libraries.resolve(npm.ggml()));
    ggml[1000] ^= 1;
    Files.write(libraries.resolve(npm.ggml()), ggml);
    Files.writeString(libraries.resolve("libggml-evil.so"), "another");

    assertThat(NativeLibrary.unpacked(build, npm, folder)).isEqualTo(libraries);
    ggml[1000] ^= 1;
    assertThat(libraries.resolve(npm.ggml())).hasBinaryContent(ggml);
    assertThat(libraries).isDirectoryNotContaining("glob:**evil*");

    Files.delete(libraries.resolve(npm.llama()));
    Files.write(folder.resolve(npm.file()), new byte[] {1}, StandardOpenOption.APPEND);
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeLibrary.unpacked(build, npm, folder))
        .withMessageContaining("is not the one that Topdraw knows")
        .withMessageEndingWith("remove it, and it is fetched again");
  }

  @Test
  void npmsBuildIsForOneMachine() {
    EngineBuild.V0_5_0.requireFor("Linux", "amd64");
    EngineBuild.B4916.requireFor("FreeBSD", "x86");
    assertThatIllegalStateException()
        .isThrownBy(() -> EngineBuild.V0_5_0.requireFor("Mac OS X", "aarch64"))
        .withMessage(
            "the engine v0.5.0 exists for Linux x86_64, not for Mac OS X aarch64; leave it out to"
                + " draw from b4916");
  }

  private static byte[] bytes(EnginePlatform platform) throws IOException {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(platform.resource())) {
      if (in == null) throw new IllegalStateException("no library");
      return in.readAllBytes();
    }
  }
}
