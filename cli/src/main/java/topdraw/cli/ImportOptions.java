package topdraw.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What is said of files of recorded samples, their log-probabilities included.
final class ImportOptions extends RowOptions {
  @Option(
      names = "--log-p",
      paramLabel = "policy",
      description =
          "Say 'policy' when the log-probabilities are of the distribution sampled from, end token"
              + " included.")
  private @Nullable String logP;

  @Override
  boolean policy() {
    if (logP != null && !logP.equals("policy")) {
      throw new InputException(
          Problem.MALFORMED, "--log-p can only be 'policy', was '" + logP + "'");
    }
    return logP != null;
  }
}
