package topdraw.llama.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// A package of npm's: a tar archive under gzip. Only plain files of one folder are read, by the
/// names that a header itself holds. Source: POSIX.1-2017, *pax*, "ustar Interchange Format".
final class Tarball {
  private static final int BLOCK = 512;

  /// Three times what a package of llama.cpp holds: a kilobyte can say a megabyte.
  private static final long MOST_BYTES = 128 << 20;

  private Tarball() {}

  /// Writes the files of a folder.
  ///
  /// @param packed the archive
  /// @param folder of the archive, with a slash at its end
  /// @param wanted told a file's name in the folder, which holds no slash
  /// @param into where the files are put
  /// @throws IOException if it cannot be read or written
  static void unpack(InputStream packed, String folder, Predicate<String> wanted, Path into)
      throws IOException {
    var in = new DataInputStream(new GZIPInputStream(packed, 1 << 16));
    byte[] header = new byte[BLOCK];
    long written = 0;
    while (true) {
      in.readFully(header);
      String name = text(header, 0, 100);
      if (name.isEmpty()) return; // the archive ends with empty blocks
      long size = size(text(header, 124, 12));
      boolean file = header[156] == '0' && name.startsWith(folder);
      String inside = file ? name.substring(folder.length()) : "";
      if (file && !inside.contains("/") && wanted.test(inside)) {
        written += size;
        if (written > MOST_BYTES) {
          throw new IOException("holds more than " + MOST_BYTES / 1_000_000 + " MB");
        }
        byte[] content = in.readNBytes(Math.toIntExact(size));
        if (content.length < size) throw new EOFException("ends inside " + inside);
        Files.write(into.resolve(inside), content);
      } else {
        in.skipNBytes(size);
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
  }

  private static long size(String octal) throws IOException {
    if (!octal.matches("[0-7]{1,11}")) throw new IOException("holds a size that is no number");
    return Long.parseLong(octal, 8);
  }

  private static String text(byte[] header, int from, int length) {
    return new String(header, from, length, StandardCharsets.US_ASCII).split("[\0 ]", 2)[0];
  }
}
