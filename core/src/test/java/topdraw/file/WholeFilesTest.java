package topdraw.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.input.InputException;

class WholeFilesTest {
  @TempDir private Path temp;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void ofASetNothingTakesItsPlaceBeforeAllIsWritten() throws IOException {
    Files.writeString(temp.resolve("a"), "old");
    try (WholeFiles set = new WholeFiles()) {
      set.add(temp.resolve("a"), bytes("new"));
      set.add(temp.resolve("deep/b"), bytes("new"));
      assertThat(temp.resolve("a")).hasContent("old");
      assertThat(temp.resolve("deep/b")).doesNotExist();
      set.appear();
    }
    assertThat(temp.resolve("a")).hasContent("new");
    assertThat(temp.resolve("deep/b")).hasContent("new");
    assertThat(names()).containsExactly("a", "deep");
  }

  @Test
  void ofASetThatCannotBeWrittenNothingAppearsAndNothingIsLeft() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    assertThatThrownBy(
            () -> {
              try (WholeFiles set = new WholeFiles()) {
                set.add(temp.resolve("a"), bytes("new"));
                set.add(folder, bytes("new"));
                set.appear();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + folder + ": ");
    assertThat(names()).containsExactly("folder");
  }

  @Test
  void aLinkIsKeptAndWhatItPointsToIsReplaced() throws IOException {
    Path real = Files.writeString(temp.resolve("real"), "old");
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    WholeFiles.write(link, bytes("new"));
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void theLongestNameCanBeWritten() throws IOException {
    Path file = temp.resolve("x".repeat(255));
    WholeFiles.write(file, bytes("new"));
    assertThat(file).hasContent("new");
  }

  @Test
  void aNewFileIsWrittenByOneOfManyAtOnceAndNeverReplaced() throws Exception {
    Path file = temp.resolve("new");
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int k = 0; k < 8; k++) {
        String text = Integer.toString(k).repeat(100_000);
        writers.add(
            () -> {
              try {
                WholeFiles.writeNew(
                    file,
                    out -> {
                      out.write(bytes(text));
                      return text;
                    });
                return true;
              } catch (InputException e) {
                return false;
              }
            });
      }
      int written = 0;
      for (Future<Boolean> writer : pool.invokeAll(writers)) {
        written += writer.get() ? 1 : 0;
      }
      assertThat(written).isEqualTo(1);
    }
    assertThat(Files.readString(file)).hasSize(100_000).matches("(\\d)\\1*");
    assertThat(names()).containsExactly("new");
  }

  @Test
  void whatAKilledWriterLeftIsRemovedByTheNextAndNotBefore() throws Exception {
    Path file = Files.writeString(temp.resolve("a"), "old");
    Process writer = child("write", file);
    assertThat(names()).hasSize(2).contains("a");
    WholeFiles.write(temp.resolve("b"), bytes("b"));
    assertThat(names()).as("the writer lives").hasSize(3);
    kill(writer);
    assertThat(file).hasContent("old");
    WholeFiles.write(temp.resolve("b"), bytes("b"));
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void whatAKilledProgramLeftInTheTemporaryFolderIsRemovedAndNotBefore() throws Exception {
    Path mine = Files.createDirectory(temp.resolve("topdraw-" + Leftovers.SELF + "-1"));
    Files.createFile(mine.resolve("lock"));
    Path foreign = Files.createDirectory(temp.resolve("topdraw2"));
    Files.createFile(foreign.resolve("lock"));
    Path link = Files.createSymbolicLink(temp.resolve("topdraw-0123456789abcdef-3"), foreign);
    Path database = Files.createDirectory(temp.resolve("topdraw1234567890"));
    Files.createFile(database.resolve("samples.db"));
    Path library = Files.createFile(temp.resolve("libduckdb_java123.so"));
    Path loading = Files.createFile(temp.resolve("libduckdb_java456.so"));
    Files.setLastModifiedTime(library, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Process program = child("scratch", temp);
    int before = names().size();
    Leftovers.ofScratch(temp);
    assertThat(names()).as("but the database and the library").hasSize(before - 2);
    assertThat(database).doesNotExist();
    assertThat(library).doesNotExist();
    kill(program);
    Leftovers.ofScratch(temp);
    assertThat(names()).hasSize(before - 3);
    assertThat(List.of(mine, foreign.resolve("lock"), loading, link)).allMatch(Files::exists);
  }

  @Test
  void aFullDiskLeavesWhatWasThere() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    Assumptions.assumeTrue(
        started("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
        "mounting a small disk needs root");
    try {
      Path file = Files.writeString(disk.resolve("a"), "old");
      assertThatThrownBy(() -> WholeFiles.write(file, new byte[1 << 20]))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot write " + file + ": No space left");
      assertThat(file).hasContent("old");
      try (Stream<Path> files = Files.list(disk)) {
        assertThat(files).containsExactly(file);
      }
    } finally {
      assertThat(started("umount", disk.toString())).isTrue();
    }
  }

  private static boolean started(String... words) throws InterruptedException {
    try {
      return new ProcessBuilder(words).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsNamed() throws IOException {
    Path missing = temp.resolve("missing");
    Process process = program("scratch", missing).redirectErrorStream(true).start();
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("cannot make a folder for temporary files in " + missing + ": it is not there");
  }

  private static ProcessBuilder program(String what, Path where) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.io.tmpdir=" + where,
        "-cp",
        System.getProperty("java.class.path"),
        WholeFilesTest.class.getName(),
        what,
        where.toString());
  }

  /// A program that has begun something and waits.
  private static Process child(String what, Path where) throws IOException {
    Process process = program(what, where).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.getInputStream().read()).isEqualTo('!');
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// The process that is killed: says when it has begun.
  public static void main(String[] args) throws IOException {
    if (args[0].equals("write")) {
      WholeFiles set = new WholeFiles();
      set.add(Path.of(args[1]), bytes("new"));
    } else {
      Files.writeString(Scratch.open().folder().resolve("samples.db"), "x");
    }
    System.out.write('!');
    System.out.flush();
    while (System.in.read() >= 0) {}
  }
}
