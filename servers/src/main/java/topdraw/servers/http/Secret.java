package topdraw.servers.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.Surroundings;

/// A key to a server. It prints as `***`, and only the client can send it.
public final class Secret {
  /// The environment variable that holds a key, as every client of such servers reads it.
  public static final String VARIABLE = "OPENAI_API_KEY";

  private static final int MOST_BYTES = 1 << 14;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// A key.
  ///
  /// @param value the key, of visible ASCII characters
  /// @param origin where it was found, for the error
  /// @return the secret
  /// @throws InputException if it holds what no header can, or nothing
  public static Secret of(String value, String origin) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new InputException(
          Problem.MALFORMED,
          "the key in "
              + origin
              + " is empty or holds a space, a line break or a letter that is not ASCII; a key is one"
              + " word");
    }
    return new Secret(value);
  }

  /// The key of a file that is its owner's alone.
  ///
  /// @param file the file; holds the key and nothing else
  /// @return the secret
  /// @throws InputException if there is no such file, others may read it, or it holds no key
  /// @throws IOException if it cannot be read
  public static Secret in(Path file) throws IOException {
    String text = GivenFile.text(file, MOST_BYTES);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new InputException(
          Problem.CONFLICT,
          file + " holds a key and others may read it; make it yours alone: chmod 600 " + file);
    }
    return of(text.strip(), file.toString());
  }

  /// The key to send: that of a file, else that of the environment.
  ///
  /// @param file the file, where one was named
  /// @param surroundings knows the environment
  /// @return the secret; empty where there is none
  /// @throws InputException if it is none that can be sent
  /// @throws IOException if the file cannot be read
  public static Optional<Secret> find(Optional<Path> file, Surroundings surroundings)
      throws IOException {
    return file.isPresent()
        ? Optional.of(in(file.get()))
        : surroundings.secrets().apply(VARIABLE).map(value -> of(value.strip(), VARIABLE));
  }

  /// The key itself.
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
