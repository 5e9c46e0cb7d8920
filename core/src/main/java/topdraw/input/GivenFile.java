package topdraw.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Opens a file that somebody named, which may be anything: a folder, a device without an end, a
/// pipe that nobody writes to.
///
/// A file proper is opened as it is. A named pipe is read as long as it speaks: where nothing comes
/// for [#SILENCE], reading ends with an error. Everything else is refused, `/dev/null` excepted.
public final class GivenFile {
  /// How long a pipe may say nothing.
  public static final Duration SILENCE = Duration.ofSeconds(10);

  /// The one device that ends: what people give who want to give nothing.
  private static final Path NOTHING = Path.of("/dev/null");

  private static final int TYPE = 0xF000;
  private static final int PIPE = 0x1000;

  private GivenFile() {}

  /// Opens a file for reading.
  ///
  /// @param file as the user named it
  /// @return its bytes; the caller closes it
  /// @throws InputException if there is no such file, or it is none that can be read to its end,
  ///   saying what it is
  /// @throws IOException if it cannot be read
  public static InputStream open(Path file) throws IOException {
    return open(file, SILENCE);
  }

  static InputStream open(Path file, Duration silence) throws IOException {
    Optional<String> strange = strange(file);
    if (strange.isPresent()) {
      throw new InputException(
          Problem.UNSUPPORTED,
          file + " is " + strange.get() + "; give a file, or a pipe that somebody writes to");
    }
    try {
      return pipe(file) ? new TalkingPipe(file, silence) : Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw none(file, e);
    }
  }

  /// Refuses what cannot be read a second time.
  ///
  /// @param file as the user named it
  /// @return the file
  /// @throws InputException if there is no such file, or it is a folder, a device or a pipe
  /// @throws IOException if that cannot be told
  public static Path lasting(Path file) throws IOException {
    Optional<String> strange = pipe(file) ? Optional.of("a pipe") : strange(file);
    if (strange.isPresent()) {
      throw new InputException(
          Problem.UNSUPPORTED,
          file + " is " + strange.get() + ", and is read more than once; give a file");
    }
    return file;
  }

  /// Reads a small file whole.
  ///
  /// @param file as the user named it
  /// @param most the most bytes it may have
  /// @return its text
  /// @throws InputException as [#open] does, or if it is longer, or is not UTF-8
  /// @throws IOException if it cannot be read
  public static String text(Path file, int most) throws IOException {
    byte[] bytes;
    try (InputStream in = open(file)) {
      bytes = in.readNBytes(most + 1);
    }
    if (bytes.length > most) {
      throw new InputException(
          Problem.TOO_LARGE,
          "%s is longer than %,d bytes, the most that is read here".formatted(file, most));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
              Problem.MALFORMED,
              file + " is not UTF-8 text; convert it, for example with iconv -t UTF-8")
          .by(e);
    }
  }

  private static Optional<String> strange(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw none(file, new NoSuchFileException(file.toString()));
    }
    if (Files.isRegularFile(file) || pipe(file) || NOTHING.equals(file.toRealPath())) {
      return Optional.empty();
    }
    return Optional.of(Files.isDirectory(file) ? "a folder" : "a device or socket, not a file");
  }

  private static boolean pipe(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      return (((Integer) Files.getAttribute(file, "unix:mode")) & TYPE) == PIPE;
    } catch (UnsupportedOperationException e) {
      return false; // no such thing as a named pipe among files
    }
  }

  private static InputException none(Path file, NoSuchFileException e) {
    return new InputException(Problem.MISSING, "there is no file " + file).by(e);
  }
}
