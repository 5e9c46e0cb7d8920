package topdraw.recordings.imports;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The rows of a recording while it is open, on disk: they come as files have them and are read
/// prompt by prompt, prompts in the order of their first rows.
///
/// Mostly the rows of a prompt stand together, and are read as they were written. Where they do
/// not, they are dealt out to files of some prompts each, small enough to be put in order in
/// memory, but for one prompt's alone, which are in order. Memory holds one of these and some fifty
/// bytes a prompt, however many rows there are.
final class PromptRows implements Closeable {
  /// Bytes of rows that are put in order at once, as long as that takes no more than [#MOST] files.
  private static final long PART = 16L << 20;

  /// Files that are open at once.
  private static final int MOST = 256;

  private static final int PART_BUFFER = 1 << 14;

  private final Path folder;
  private final long part;
  private final Path asRead;
  private final RowFile.Writer out;
  private final Digests prompts = new Digests();
  private @Nullable Path ordered;
  private @Nullable Asked lastAsked;
  private byte[] lastBytes = {};
  private int last = -1;
  private long[] bytesOf = new long[16];
  private boolean together = true;
  private boolean marked;
  private long size;

  /// @param folder of the recording, which it removes with all that is in it
  PromptRows(Path folder) throws IOException {
    this(folder, PART);
  }

  /// @param folder of the recording, which it removes with all that is in it
  /// @param part bytes of rows that are put in order at once
  PromptRows(Path folder, long part) throws IOException {
    this.folder = folder;
    this.part = part;
    asRead = Files.createTempFile(folder, "rows", "");
    out = RowFile.Writer.to(asRead);
  }

  /// Takes the rows of a prompt, one after the other.
  @FunctionalInterface
  interface Visitor {
    /// A row.
    ///
    /// @param prompt the number of its prompt, from 0 on
    /// @param asked the bytes of what was asked
    /// @return whether to go on
    boolean row(int prompt, byte[] asked, RowFile.Row row) throws IOException;
  }

  void add(Asked asked, byte[] draw, @Nullable String marks) throws IOException {
    if (!asked.equals(lastAsked)) {
      lastAsked = asked;
      lastBytes = asked.bytes();
      int before = prompts.size();
      last = prompts.number(lastBytes);
      together &= last == before;
      if (last == bytesOf.length) {
        bytesOf = Arrays.copyOf(bytesOf, Math.toIntExact(last + (last >> 1) + 1L));
      }
    }
    marked |= marks != null;
    bytesOf[last] += draw.length + lastBytes.length + (marks == null ? 0 : marks.length());
    size++;
    out.add(last, lastBytes, draw, marks);
  }

  /// How many rows there are.
  long size() {
    return size;
  }

  /// The same rows, of whose questions more is known.
  ///
  /// @param more what else belongs to the question, by a row's marks
  PromptRows asking(UnaryOperator<@Nullable String> more) throws IOException {
    PromptRows rows = new PromptRows(folder, part);
    go(
        asRead,
        (prompt, asked, row) -> {
          Asked known = Asked.of(asked);
          rows.add(
              new Asked(known.key(), known.prompt(), known.beside() + more.apply(row.marks())),
              row.draw(),
              row.marks());
          return true;
        });
    close();
    return rows;
  }

  /// Goes through the rows prompt by prompt, after which none is added.
  void forEach(Visitor visitor) throws IOException {
    out.close();
    Path rows = ordered;
    if (rows == null) {
      rows = together ? asRead : inOrder();
      ordered = rows;
      if (!together && !marked) {
        Files.delete(asRead); // nobody will ask for more of the question
      }
    }
    go(rows, visitor);
  }

  private void go(Path rows, Visitor visitor) throws IOException {
    out.close();
    try (RowFile.Reader in = new RowFile.Reader(rows)) {
      byte[] asked = {};
      for (RowFile.Row row = in.next(); row != null; row = in.next()) {
        asked = row.asked() == null ? asked : row.asked();
        if (!visitor.row(row.prompt(), asked, row)) {
          return;
        }
      }
    }
  }

  private Path inOrder() throws IOException {
    int[] firsts = firsts();
    List<Path> parts = new ArrayList<>();
    List<RowFile.Writer> writers = new ArrayList<>();
    try {
      for (int i = 0; i < firsts.length; i++) {
        parts.add(Files.createTempFile(folder, "part", ""));
        writers.add(new RowFile.Writer(parts.getLast(), PART_BUFFER));
      }
      go(
          asRead,
          (prompt, asked, row) -> {
            int at = Arrays.binarySearch(firsts, prompt);
            writers.get(at >= 0 ? at : -at - 2).add(prompt, asked, row.draw(), row.marks());
            return true;
          });
    } finally {
      for (RowFile.Writer writer : writers) {
        writer.close();
      }
    }
    Path whole = Files.createTempFile(folder, "ordered", "");
    try (RowFile.Writer to = RowFile.Writer.to(whole)) {
      for (int i = 0; i < firsts.length; i++) {
        int end = i + 1 < firsts.length ? firsts[i + 1] : prompts.size();
        append(parts.get(i), firsts[i], end, to);
        Files.delete(parts.get(i));
      }
    }
    return whole;
  }

  /// The first prompts of the parts.
  private int[] firsts() {
    // Two parts side by side come to more than one may hold, or they were one.
    long most = Math.max(part, 2 * Arrays.stream(bytesOf).sum() / MOST);
    List<Integer> firsts = new ArrayList<>();
    long filled = most;
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      if (filled + bytesOf[prompt] > most) {
        firsts.add(prompt);
        filled = 0;
      }
      filled += bytesOf[prompt];
    }
    return firsts.stream().mapToInt(Integer::intValue).toArray();
  }

  /// A row with what was asked, while it waits in memory.
  private record Waiting(byte[] asked, RowFile.Row row) {}

  private void append(Path some, int first, int end, RowFile.Writer to) throws IOException {
    if (end - first == 1) {
      go(
          some,
          (prompt, asked, row) -> {
            to.add(prompt, asked, row.draw(), row.marks());
            return true;
          });
      return;
    }
    List<List<Waiting>> rows = new ArrayList<>();
    for (int prompt = first; prompt < end; prompt++) {
      rows.add(new ArrayList<>(2));
    }
    go(some, (prompt, asked, row) -> rows.get(prompt - first).add(new Waiting(asked, row)));
    for (int prompt = first; prompt < end; prompt++) {
      for (Waiting waiting : rows.get(prompt - first)) {
        to.add(prompt, waiting.asked(), waiting.row().draw(), waiting.row().marks());
      }
    }
  }

  /// Removes the rows.
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(asRead);
    if (ordered != null) {
      Files.deleteIfExists(ordered);
    }
  }
}
