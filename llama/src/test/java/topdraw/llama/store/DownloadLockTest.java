package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import topdraw.llama.file.ModelException;
import topdraw.provider.DownloadProgress;

/// What lies where a download wants to write may be somebody's trap.
@DisabledOnOs(OS.WINDOWS) // links need rights there
class DownloadLockTest {
  @TempDir Path folder;

  @Test
  void aLockThatIsThereIsTaken() throws Exception {
    Path lock = Files.writeString(folder.resolve(".lock"), "before");
    try (var _ = DownloadLock.acquire(lock, DownloadProgress.SILENT)) {
      assertThat(lock).hasContent("before");
    }
  }

  @Test
  void aLinkIsNotFollowedToWhatItLeadsTo() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path lock = Files.createSymbolicLink(folder.resolve(".lock"), victim);

    assertThatIOException()
        .isThrownBy(() -> DownloadLock.acquire(lock, DownloadProgress.SILENT))
        .withMessage(".lock is not a plain file; remove it");
    assertThat(victim).hasContent("precious");
  }

  @Test
  void aLinkToNothingMakesNothing() throws IOException {
    Path nothing = folder.resolve("nothing");
    Path lock = Files.createSymbolicLink(folder.resolve(".lock"), nothing);

    assertThatIOException().isThrownBy(() -> DownloadLock.acquire(lock, DownloadProgress.SILENT));
    assertThat(nothing).doesNotExist();
  }

  /// To open a pipe for writing would wait for a reader, for ever.
  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Path lock = folder.resolve(".lock");
    assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();

    assertThatIOException().isThrownBy(() -> DownloadLock.acquire(lock, DownloadProgress.SILENT));
  }

  @Test
  void aPartialFileIsNotWrittenThroughALink() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path partial = Files.createSymbolicLink(folder.resolve("tiny.gguf.partial"), victim);
    PinnedModel model = TinyModel.pinned(folder);

    assertThatThrownBy(() -> new PartialFile(partial, model, DownloadProgress.SILENT))
        .isInstanceOf(ModelException.class);
    assertThat(victim).hasContent("precious");
  }
}
