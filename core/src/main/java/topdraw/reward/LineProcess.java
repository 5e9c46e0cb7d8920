package topdraw.reward;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A program that answers a line with a line.
final class LineProcess implements AutoCloseable {
  private static final int LONGEST_LINE = 16 << 20;

  /// Exit codes of a program that a signal ended.
  private static final int SIGINT = 130;

  private static final int SIGTERM = 143;

  private final ProcessGroup group;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private LineProcess(ProcessGroup group) {
    this.group = group;
    process = group.leader();
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /// @throws IOException if there is no such program
  static LineProcess start(List<String> command) throws IOException {
    return new LineProcess(ProcessGroup.start(command));
  }

  /// The program ended before it answered anything to this line.
  static final class Ended extends IOException {
    private static final long serialVersionUID = 1;

    Ended(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// Sends a line and waits for the answer.
  ///
  /// @throws Ended if the program ends without a word
  /// @throws IOException if the program ends, is too slow, or answers with too long a line; it is
  ///   of no use afterwards
  /// @throws CancellationException if this thread is interrupted, or the program was by a signal
  String ask(String line, Duration limit) throws IOException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(exchange(line));
              } catch (IOException | CancellationException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the program gave no answer within " + seconds(limit) + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof Ended ended) {
        throw new Ended(String.valueOf(ended.getMessage()), ended);
      }
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      CancellationException cancelled =
          new CancellationException("interrupted while a program was scoring");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private static String seconds(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private String exchange(String line) throws IOException {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new Ended("the program ended" + exitCode(), e);
    }
    StringBuilder answer = new StringBuilder();
    for (int c = out.read(); c != '\n'; c = out.read()) {
      if (c < 0) {
        String why = "the program ended without an answer" + exitCode();
        throw answer.isEmpty() ? new Ended(why, null) : new IOException(why);
      }
      if (answer.length() == LONGEST_LINE) {
        throw new IOException("the program's answer is longer than 16 MiB");
      }
      answer.append((char) c);
    }
    return answer.toString();
  }

  /// @throws CancellationException if a signal ended the program that ends this one too
  private String exitCode() {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) return "";
      int code = process.exitValue();
      if (code == SIGINT || code == SIGTERM) {
        throw new CancellationException("the program that scores was interrupted");
      }
      return " (exit code " + code + ")";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /// Ends the program and what it started. Its end closes the streams, which ends a pending read.
  @Override
  public void close() {
    group.close();
  }
}
