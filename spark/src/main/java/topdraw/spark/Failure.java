package topdraw.spark;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What went wrong in a task, as it would have been said on one machine.
final class Failure {
  private static final Pattern REFUSED =
      Pattern.compile(Pattern.quote(InputException.class.getName()) + ": (.*)");

  private Failure() {}

  /// What is read on one machine only.
  static InputException refused(String line) {
    return new InputException(Problem.UNSUPPORTED, line);
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
    if (failed instanceof IOException e) {
      throw e;
    }
    if (failed instanceof RuntimeException e && !(deepest(failed) instanceof IOException)) {
      return e;
    }
    Throwable deepest = deepest(failed);
    throw new IOException(
        "Spark: "
            + String.valueOf(deepest.getMessage()).lines().findFirst().orElse(deepest.toString()),
        failed);
  }

  private static Throwable deepest(Throwable failed) {
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
