package topdraw.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Remembers the hashes of files by path, size and time of change, so that start-up need not read a
/// whole model again. Whoever wants certainty asks for [#fresh].
///
/// @param folder where the notes are kept, a small text file for each model
record KnownHashes(Path folder) {

  /// The remembered hash while the file looks unchanged, else a fresh one.
  String of(Path file) throws IOException {
    Optional<String> known = known(file);
    return known.isPresent() ? known.get() : fresh(file);
  }

  /// The remembered hash, if the file still looks as it did.
  Optional<String> known(Path file) throws IOException {
    Path note = note(file);
    if (!Files.isRegularFile(note) || Files.size(note) > 4096) return Optional.empty();
    String[] words = Files.readString(note).split("\n", 2);
    return words.length == 2 && words[1].equals(look(file) + "\n")
        ? Optional.of(words[0])
        : Optional.empty();
  }

  /// Reads the whole file and remembers its hash.
  String fresh(Path file) throws IOException {
    String before = look(file);
    String sha256 = Sha256.of(file);
    if (look(file).equals(before)) remember(file, sha256, before);
    return sha256;
  }

  void forget(Path file) throws IOException {
    Files.deleteIfExists(note(file));
  }

  private void remember(Path file, String sha256, String look) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "note", ".tmp");
      Files.writeString(fresh, sha256 + "\n" + look + "\n");
      Files.move(fresh, note(file), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // A read-only cache only costs the next start a hash.
      System.getLogger(KnownHashes.class.getName()).log(System.Logger.Level.DEBUG, "not noted", e);
    }
  }

  private Path note(Path file) {
    return folder.resolve(Sha256.of(file.toAbsolutePath().normalize().toString()) + ".txt");
  }

  private static String look(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file);
  }
}
