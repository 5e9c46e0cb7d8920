package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  private static byte[] bytes(EnginePlatform platform) throws IOException {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(platform.resource())) {
      if (in == null) throw new IllegalStateException("no library");
      return in.readAllBytes();
    }
  }
}
