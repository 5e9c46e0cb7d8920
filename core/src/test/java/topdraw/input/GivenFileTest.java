package topdraw.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFileTest {
  @TempDir private Path folder;

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    int code;
    try {
      code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (IOException e) {
      code = -1;
    }
    Assumptions.assumeTrue(code == 0, "needs mkfifo");
    return pipe;
  }

  @Test
  void aFileIsReadWholeUpToItsLimit() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "zwölf Zeichen");
    assertThat(GivenFile.text(file, 14)).isEqualTo("zwölf Zeichen");
    assertThatThrownBy(() -> GivenFile.text(file, 13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " is longer than 13 bytes, the most that is read here");
    Files.write(file, new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> GivenFile.text(file, 14)).hasMessageContaining("is not UTF-8");
  }

  @Test
  void whatIsNoFileIsRefusedAndSaysWhatItIs() {
    assertThatThrownBy(() -> GivenFile.open(folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no file " + folder.resolve("none"));
    assertThatThrownBy(() -> GivenFile.open(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void aDeviceWithoutAnEndIsNotBegun() throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")), "needs /dev/zero");
    assertThatThrownBy(() -> GivenFile.text(Path.of("/dev/zero"), 1 << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a device or socket");
    assertThat(GivenFile.text(Path.of("/dev/null"), 1)).isEmpty();
  }

  @Test
  void whatIsReadTwiceIsAFile() throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(GivenFile.lasting(file)).isEqualTo(file);
    assertThatThrownBy(() -> GivenFile.lasting(folder.resolve("none")))
        .hasMessage("there is no file " + folder.resolve("none"));
    assertThatThrownBy(() -> GivenFile.lasting(folder)).hasMessageContaining("is a folder, and");
    Path pipe = pipe();
    assertThatThrownBy(() -> GivenFile.lasting(pipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(pipe + " is a pipe, and is read more than once; give a file");
  }

  @Test
  void aPipeThatSpeaksIsReadToItsEnd() throws IOException, InterruptedException {
    Path pipe = pipe();
    String text = "a line of text\n".repeat(200_000);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Files.writeString(pipe, text);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(GivenFile.text(pipe, 1 << 24)).isEqualTo(text);
    writer.join();
  }

  @Test
  void aPipeThatNeverSpeaksIsGivenUp() throws IOException, InterruptedException {
    Path pipe = pipe();
    try (InputStream in = GivenFile.open(pipe, Duration.ofMillis(1000))) {
      assertThatThrownBy(in::read)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(pipe + " is a pipe that gave nothing for 1 s");
    } finally {
      // The abandoned thread still waits for a writer; one that writes nothing ends it.
      Files.newOutputStream(pipe, StandardOpenOption.WRITE).close();
    }
  }
}
