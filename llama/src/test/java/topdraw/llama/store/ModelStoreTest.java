package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.llama.file.CacheFolder;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.ModelFile;
import topdraw.provider.DownloadProgress;

class ModelStoreTest {
  @TempDir Path cache;
  private PinnedModel pinned = PinnedModel.SMOL_LM2;

  @BeforeEach
  void pin() {
    pinned = TinyModel.pinned(cache);
  }

  @Test
  void anEmptyCacheHoldsNoModels() {
    assertThat(store().installed()).isEmpty();
    assertThat(store().presentDefault()).isEmpty();
  }

  @Test
  void aModelIsUncheckedUntilItsBytesAreRead() throws IOException {
    Path file = install("tiny.gguf", TinyModel.BYTES);

    assertThat(store().installed())
        .containsExactly(model(file, Optional.empty(), InstalledModel.State.UNCHECKED));
    assertThat(store().verify())
        .containsExactly(model(file, Optional.of(pinned.sha256()), InstalledModel.State.VERIFIED));
    assertThat(store().installed()).isEqualTo(store().verify());
  }

  @Test
  void aDamagedModelIsFoundByItsHashAndByItsSize() throws IOException {
    install("tiny.gguf", TinyModel.damaged());
    assertThat(store().verify())
        .extracting(InstalledModel::state)
        .containsExactly(InstalledModel.State.DAMAGED);

    install("tiny.gguf", TinyModel.firstHalf());
    assertThat(store().installed())
        .extracting(InstalledModel::state)
        .containsExactly(InstalledModel.State.DAMAGED);
  }

  @Test
  void otherModelsAreUnknown() throws IOException {
    install("other.gguf", TinyModel.damaged());

    assertThat(store().verify())
        .extracting(InstalledModel::name, InstalledModel::state)
        .containsExactly(tuple("Tiny", InstalledModel.State.UNKNOWN));
  }

  /// A file put in the place of another, its size and time set back, has another number.
  @Test
  void aFilePutInItsPlaceIsNoticed() throws IOException {
    Path file = install("tiny.gguf", TinyModel.BYTES);
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(store().presentDefault()).isPresent();

    Path other = install("other.tmp", TinyModel.damaged());
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    assertThat(Files.size(file)).isEqualTo(TinyModel.BYTES.length);
    assertThat(store().presentDefault()).isEmpty();
  }

  /// The time of a file's last change cannot be set back as that of its last write can.
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aChangeWithItsTimeSetBackIsNoticed() throws IOException {
    Path file = install("tiny.gguf", TinyModel.BYTES);
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(store().presentDefault()).isPresent();

    Files.write(file, TinyModel.damaged());
    Files.setLastModifiedTime(file, time);

    assertThat(store().presentDefault()).isEmpty();
    assertThat(store().verify().getFirst().state()).isEqualTo(InstalledModel.State.DAMAGED);
  }

  /// What is remembered is trusted for a day, and not if it was noted in the future.
  @ParameterizedTest(name = "after {0} hours: {1}")
  @CsvSource({"0,true", "23,true", "24,false", "48,false", "-1,false"})
  void aRememberedHashIsTrustedForADay(int hours, boolean trusted) throws IOException {
    Path file = install("tiny.gguf", TinyModel.BYTES);
    Path notes = cache.resolve("hashes");
    Instant noon = Instant.parse("2025-03-09T12:00:00Z");
    new KnownHashes(notes, Clock.fixed(noon, ZoneOffset.UTC)).fresh(file);

    Clock later = Clock.fixed(noon.plus(Duration.ofHours(hours)), ZoneOffset.UTC);

    assertThat(new KnownHashes(notes, later).known(file).isPresent()).isEqualTo(trusted);
  }

  /// Such as a disk leaves after a power cut.
  @Test
  void aDamagedNoteOfAHashIsNotBelieved() throws IOException {
    install("tiny.gguf", TinyModel.BYTES);
    assertThat(store().presentDefault()).isPresent();
    try (var notes = Files.list(cache.resolve("hashes"))) {
      Files.write(notes.findFirst().orElseThrow(), new byte[] {(byte) 0xff, 10, 10, 10});
    }

    assertThat(store().presentDefault()).isPresent();
    assertThat(store().installed().getFirst().state()).isEqualTo(InstalledModel.State.VERIFIED);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // links need rights there
  void aLinkInThePlaceOfANoteIsReplacedAndNotFollowed() throws IOException {
    install("tiny.gguf", TinyModel.BYTES);
    assertThat(store().presentDefault()).isPresent();
    Path other = Files.writeString(cache.resolve("other"), "of someone else");
    Path note = files(cache.resolve("hashes")).getFirst();
    Files.delete(note);
    Files.createSymbolicLink(note, other);

    assertThat(store().presentDefault()).isPresent();

    assertThat(other).hasContent("of someone else");
    assertThat(Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(files(cache.resolve("hashes"))).containsExactly(note);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void theNameOfAFileCannotCarryTerminalCodes() throws IOException {
    install("a\u009b2J.gguf", new byte[] {1});

    assertThat(store().installed().getFirst().name()).isEqualTo("a?2J.gguf");
  }

  @Test
  void aDamagedDefaultModelIsFetchedAgain() throws IOException {
    Path file = install("tiny.gguf", TinyModel.damaged());
    var heard = new Heard();
    try (var hub = new FakeHub(FakeHub.file(TinyModel.BYTES))) {
      var environment = Map.of("TOPDRAW_CACHE", cache.toString(), "HF_ENDPOINT", hub.address());
      ModelStore.of(environment, pinned, TinyModel.LIMITS).defaultModel(heard);
    }
    assertThat(file).hasBinaryContent(TinyModel.BYTES);
    assertThat(heard.notes).contains(file + ": is damaged; fetching it again");
  }

  @Test
  void aStrangersFileNeedsTrust() throws IOException {
    Path file = Files.write(cache.resolve("stranger.gguf"), TinyModel.damaged());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().open(file, false))
        .withMessageContaining("pass trust-model");
    assertThat(store().open(file, true).name()).isEqualTo("Tiny");
  }

  @Test
  void aFileWithAKnownHashNeedsNoTrust() throws IOException {
    Path file = Files.write(cache.resolve("copy.gguf"), TinyModel.BYTES);

    assertThat(store().open(file, false))
        .isEqualTo(new ModelFile("Tiny", file.toRealPath(), pinned.sha256(), "Q4_1"));
  }

  @Test
  void trustDoesNotSpareTheHeaderItsCheck() throws IOException {
    Path file = Files.writeString(cache.resolve("garbage.gguf"), "garbage");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().open(file, true))
        .withMessageContaining("does not begin with \"GGUF\"");
  }

  @Test
  void aCacheThatCannotBeMadeIsNamedWithTheWayOut() throws IOException {
    Path inTheWay = Files.createFile(cache.resolve("file"));
    var environment = Map.of("TOPDRAW_CACHE", inTheWay.toString());

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                ModelStore.of(environment, pinned, TinyModel.LIMITS)
                    .defaultModel(DownloadProgress.SILENT))
        .withMessageContaining("cannot be written: ")
        .withMessageContaining("set TOPDRAW_CACHE");
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, {3} -> {4}")
  @CsvSource({
    "Linux,,,/home/me,/home/me/.cache/topdraw",
    "Linux,,/xdg,/home/me,/xdg/topdraw",
    "Linux,,relative,/home/me,/home/me/.cache/topdraw",
    "Linux,/mine,/xdg,/home/me,/mine",
    "Mac OS X,,,/Users/me,/Users/me/Library/Caches/topdraw",
    "Windows 11,,,/me,/me/AppData/Local/topdraw"
  })
  void theCacheLiesWhereTheUserOrThePlatformSays(
      String system, String ours, String xdg, String home, String expected) {
    var environment =
        Map.of(
            "TOPDRAW_CACHE", ours == null ? "" : ours,
            "XDG_CACHE_HOME", xdg == null ? "" : xdg,
            "HOME", home);

    assertThat(CacheFolder.of(environment, system)).isEqualTo(Path.of(expected));
  }

  private ModelStore store() {
    return new ModelStore(cache, pinned, List.of());
  }

  private Path install(String name, byte[] bytes) throws IOException {
    Path file = cache.resolve("models").resolve(name);
    Files.createDirectories(cache.resolve("models"));
    return Files.write(file, bytes);
  }

  private static InstalledModel model(
      Path file, Optional<String> sha256, InstalledModel.State state) {
    return new InstalledModel("Tiny", "Q4_1", TinyModel.BYTES.length, sha256, state, file);
  }
}
