package topdraw.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The bytes of a named pipe, for as long as they keep coming.
///
/// Even opening a pipe waits for whoever writes, and neither wait can be cut short; so a thread of
/// its own reads, and is left behind where nothing comes.
final class TalkingPipe extends InputStream {
  private static final int PIECE = 1 << 16;
  private static final int AHEAD = 16;

  private final Path file;
  private final Duration silence;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;
  private Piece piece = new Piece(new byte[0], null);
  private int at;
  private boolean ended;

  /// What was read, or why nothing more is. No bytes and no failure are the end.
  private record Piece(byte[] bytes, @Nullable IOException failure) {
    static Piece end(@Nullable IOException failure) {
      return new Piece(new byte[0], failure);
    }
  }

  TalkingPipe(Path file, Duration silence) {
    this.file = file;
    this.silence = silence;
    reader = Thread.ofPlatform().daemon().name("reads " + file).start(this::readToTheEnd);
  }

  private void readToTheEnd() {
    try {
      Piece last;
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = new byte[PIECE];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          pieces.put(new Piece(Arrays.copyOf(bytes, n), null));
        }
        last = Piece.end(null);
      } catch (IOException e) {
        last = Piece.end(e);
      }
      pieces.put(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits for the rest
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int count) throws IOException {
    if (count == 0) return 0;
    if (at == piece.bytes.length) next();
    if (piece.bytes.length == 0) return -1;
    int n = Math.min(count, piece.bytes.length - at);
    System.arraycopy(piece.bytes, at, to, from, n);
    at += n;
    return n;
  }

  private void next() throws IOException {
    if (ended) return;
    Piece come;
    try {
      come = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + file);
    }
    if (come == null) {
      throw new InputException(
          Problem.MISSING,
          file
              + " is a pipe that gave nothing for "
              + silence.toSeconds()
              + " s; write to it while it is read, or give a file");
    }
    if (come.failure != null) throw come.failure;
    ended = come.bytes.length == 0;
    piece = come;
    at = 0;
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
