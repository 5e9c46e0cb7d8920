package topdraw.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import topdraw.json.Json;
import topdraw.reference.Prompt;
import topdraw.selection.Candidate;

/// A run being recorded: `run.json`, `samples.jsonl` (a line a candidate, only ever appended),
/// `findings.json`, `report/`.
///
/// A line is written with one write and synced to disk before [#append] returns; the other files
/// appear whole or not at all.
public final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final String id;
  private final List<String> rewards;
  private final FileChannel samples;

  private RunFolder(Path folder, RunManifest manifest, FileChannel samples) {
    this.folder = folder;
    this.id = manifest.id();
    this.rewards = manifest.rewards();
    this.samples = samples;
  }

  /// Begins a run in a folder of its own.
  ///
  /// @param folder made if it does not exist; must be empty
  /// @param manifest what the run will hold
  /// @return the open run
  /// @throws IllegalArgumentException if the folder holds something already
  /// @throws IOException if the folder cannot be written, in one line that names it
  public static RunFolder create(Path folder, RunManifest manifest) throws IOException {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new IllegalArgumentException(
              folder + " is not empty, and a run never overwrites; give another folder with -o");
        }
      }
      writeWhole(folder.resolve("run.json"), pretty(manifest));
      FileChannel samples =
          FileChannel.open(
              folder.resolve("samples.jsonl"),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
      return new RunFolder(folder, manifest, samples);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /// Appends the candidates of one prompt and syncs them to disk.
  ///
  /// @param prompt what was asked
  /// @param candidates scored completions of it, one score per reward of the manifest
  /// @throws IOException if they cannot be written, in one line that names the folder
  public void append(Prompt prompt, List<Candidate> candidates) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Candidate candidate : candidates) {
      lines.append(Json.line(SampleLine.of(id, prompt, rewards, candidate))).append('\n');
    }
    try {
      writeFully(samples, lines.toString());
      samples.force(false);
    } catch (IOException e) {
      throw cannotWrite(folder.resolve("samples.jsonl"), e);
    }
  }

  /// Writes `findings.json`.
  ///
  /// @param findings anything that serialises to JSON
  /// @throws IOException if it cannot be written, in one line that names it
  public void writeFindings(Object findings) throws IOException {
    Path file = folder.resolve("findings.json");
    try {
      writeWhole(file, pretty(findings));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /// The folder for pages and pictures.
  ///
  /// @return `report/`, made when it was not there
  /// @throws IOException if it cannot be made
  public Path reportFolder() throws IOException {
    try {
      return Files.createDirectories(folder.resolve("report"));
    } catch (IOException e) {
      throw cannotWrite(folder.resolve("report"), e);
    }
  }

  /// The run's folder.
  ///
  /// @return the path given to [#create]
  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    samples.close();
  }

  private static String pretty(Object value) {
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }

  /// Writes beside the file, syncs, renames: a reader sees the whole file or none.
  private static void writeWhole(Path file, String text) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, text);
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeFully(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static IOException cannotWrite(Path path, IOException cause) {
    String why =
        switch (cause) {
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "a file of that name is in the way";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> String.valueOf(cause.getMessage());
        };
    return new IOException(
        "cannot write " + path + ": " + why + "; free some space or give another folder with -o",
        cause);
  }
}
