package topdraw.spark;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.DrawFailedException;

/// What went wrong in a task, as it would have been said on one machine.
final class Failure {
  private static final Pattern REFUSED = words(InputException.class);
  private static final Pattern NOT_DRAWN = words(DrawFailedException.class);

  private Failure() {}

  private static Pattern words(Class<? extends Exception> kind) {
    return Pattern.compile(Pattern.quote(kind.getName()) + ": (.*)");
  }

  /// What is read on one machine only.
  static InputException refused(String line) {
    return new InputException(Problem.UNSUPPORTED, line);
  }

  /// A cluster with which no session begins.
  static InputException master(String master, Exception failed) {
    return master(master, firstLine(failed), failed);
  }

  /// A cluster that has not answered.
  static InputException unanswered(String master, Exception failed) {
    return master(master, "no cluster answers there", failed);
  }

  private static InputException master(String master, String why, Exception failed) {
    return new InputException(
            Problem.UNKNOWN,
            "--spark "
                + master
                + ": "
                + why
                + "; give a cluster that runs, such as spark://host:7077, or local[2] for two"
                + " threads of this machine")
        .by(failed);
  }

  /// What a file system says of a name that a person gave.
  ///
  /// @return a failure to throw
  /// @throws IOException where nothing is wrong with the name
  static RuntimeException named(String input, Exception failed) throws IOException {
    Throwable deepest = deepest(failed);
    if (failed instanceof UnsupportedFileSystemException) {
      return unread(
          input,
          "Spark has no file system of that name here; put its jars on the class path (those of"
              + " s3a:// are hadoop-aws), or copy the file",
          failed);
    }
    if (deepest instanceof UnknownHostException || deepest instanceof ConnectException) {
      return unread(
          input, "its host does not answer (" + firstLine(failed) + "); name another", failed);
    }
    if (String.valueOf(failed.getMessage()).startsWith("Illegal file pattern")) {
      return unread(
          input, "no such file, and no pattern either; close each [ and {, or write \\[", failed);
    }
    if (failed instanceof IllegalArgumentException) {
      return unread(
          input,
          "not a name that Spark reads ("
              + firstLine(failed)
              + "); rename a file whose name has a colon, or leave --spark out",
          failed);
    }
    throw failed instanceof IOException e ? e : new IOException(failed);
  }

  private static InputException unread(String input, String why, Exception failed) {
    return new InputException(Problem.UNKNOWN, input + ": " + why).by(failed);
  }

  private static String firstLine(Throwable failed) {
    Throwable deepest = deepest(failed);
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse(deepest.toString());
  }

  /// What a task threw, or the failure of Spark itself.
  ///
  /// @return a failure to throw
  /// @throws IOException where a file could not be read, or the cluster failed
  static RuntimeException of(Exception failed) throws IOException {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException refused) {
        return refused;
      }
      // An exception that could not be sent is there in words.
      Matcher words = REFUSED.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof SparkException && words.find()) {
        return new InputException(Problem.MALFORMED, words.group(1)).by(failed);
      }
    }
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable said
          && String.valueOf(said.getCondition()).startsWith("FAILED_READ_FILE")
          && !(deepest(failed) instanceof SocketException)) {
        String path = said.getMessageParameters().getOrDefault("path", "a file");
        return new InputException(
                Problem.MALFORMED,
                path.replaceFirst("^file:/+", "/") + ": cannot be read: " + firstLine(failed))
            .by(failed);
      }
    }
    if (inParquet(failed)) {
      return unparquet("a Parquet file", failed);
    }
    if (failed instanceof IOException e) {
      throw e;
    }
    if (failed instanceof RuntimeException e && !(deepest(failed) instanceof IOException)) {
      return e;
    }
    throw new IOException("Spark: " + firstLine(failed), failed);
  }

  /// What went wrong in the reading of one Parquet file, whose readers take what they find there
  /// for lengths and places without a look.
  ///
  /// @return a failure to throw
  /// @throws IOException where the file could not be read, or the cluster failed
  static RuntimeException parquet(String name, Exception failed) throws IOException {
    return inParquet(failed) ? unparquet(name, failed) : of(failed);
  }

  private static boolean inParquet(Exception failed) {
    Throwable deepest = deepest(failed);
    return deepest instanceof RuntimeException
        && !(deepest instanceof InputException)
        && Arrays.stream(deepest.getStackTrace())
            .limit(8)
            .anyMatch(frame -> frame.getClassName().contains(".parquet."));
  }

  private static InputException unparquet(String name, Exception failed) {
    return new InputException(Problem.MALFORMED, name + ": cannot be read: " + firstLine(failed))
        .by(failed);
  }

  /// Why the drawing of a task failed as often as Spark tries it.
  ///
  /// @return a failure to throw
  static RuntimeException drawing(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException || cause instanceof DrawFailedException) {
        return (RuntimeException) cause;
      }
    }
    String words = String.valueOf(failed.getMessage());
    Matcher refused = REFUSED.matcher(words);
    if (refused.find()) {
      return new InputException(Problem.CONFLICT, refused.group(1));
    }
    Matcher notDrawn = NOT_DRAWN.matcher(words);
    return new DrawFailedException(
        notDrawn.find() ? notDrawn.group(1) : "Spark: " + firstLine(failed));
  }

  private static Throwable deepest(Throwable failed) {
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
