package topdraw.llama.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import topdraw.file.WholeFiles;
import topdraw.llama.file.Sha256;

/// Remembers the hashes of files, so that start-up need not read a whole model again: for a day,
/// and while the file looks as it did. Whoever wants certainty asks for [#fresh].
///
/// @param folder where the notes are kept, a small text file for each model
/// @param clock tells when a note was made and how old it is
record KnownHashes(Path folder, Clock clock) {
  private static final Duration TRUSTED = Duration.ofDays(1);

  /// The remembered hash while the file looks unchanged, else a fresh one.
  String of(Path file) throws IOException {
    Optional<String> known = known(file);
    return known.isPresent() ? known.get() : fresh(file);
  }

  /// The remembered hash, if it is not older than a day and the file still looks as it did.
  Optional<String> known(Path file) throws IOException {
    Path note = note(file);
    if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS) || Files.size(note) > 4096) {
      return Optional.empty();
    }
    // Not as UTF-8: a note that was damaged is no fault of the file that it is about.
    String[] lines = Files.readString(note, StandardCharsets.ISO_8859_1).split("\n", -1);
    return lines.length == 4 && lines[1].equals(look(file)) && isRecent(lines[2])
        ? Optional.of(lines[0])
        : Optional.empty();
  }

  /// A note from the future was made by a clock that was wrong.
  private boolean isRecent(String made) {
    try {
      Duration age = Duration.between(Instant.parse(made), clock.instant());
      return !age.isNegative() && age.compareTo(TRUSTED) < 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /// Reads the whole file and remembers its hash.
  String fresh(Path file) throws IOException {
    String before = look(file);
    Instant now = clock.instant();
    String sha256 = Sha256.of(file);
    if (look(file).equals(before)) remember(file, sha256, before, now);
    return sha256;
  }

  void forget(Path file) throws IOException {
    Files.deleteIfExists(note(file));
  }

  private void remember(Path file, String sha256, String look, Instant made) {
    try {
      String note = sha256 + "\n" + look + "\n" + made + "\n";
      Path place = note(file);
      if (Files.isSymbolicLink(place)) {
        Files.delete(place); // what it leads to is not ours
      }
      WholeFiles.write(place, note.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // A read-only cache only costs the next start a hash.
      System.getLogger(KnownHashes.class.getName()).log(System.Logger.Level.DEBUG, "not noted", e);
    }
  }

  private Path note(Path file) {
    return folder.resolve(Sha256.of(file.toAbsolutePath().normalize().toString()) + ".txt");
  }

  /// Size, time of the last write, and what the file system calls the file: a file put in its place
  /// has another. Where it is known, the time of the last change too, which nobody can set back.
  private static String look(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.size()
        + " "
        + attributes.lastModifiedTime()
        + " "
        + attributes.fileKey()
        + " "
        + changed(file);
  }

  private static String changed(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? String.valueOf(Files.getAttribute(file, "unix:ctime"))
        : "";
  }
}
