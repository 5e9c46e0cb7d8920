package topdraw.draw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that samples were read from, so that whoever has it later can tell whether it is the
/// same.
///
/// @param path as it was named
/// @param bytes its length
/// @param sha256 the digest of its bytes, 64 lower-case hex digits
public record InputFile(String path, long bytes, String sha256) {
  private static final int BUFFER = 1 << 18;

  /// Reads a file from end to end: about a second for a gigabyte that was just read.
  ///
  /// @param path the file
  /// @return what identifies it
  /// @throws IOException if it cannot be read
  public static InputFile of(Path path) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        bytes += n;
      }
    }
    return new InputFile(path.toString(), bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
