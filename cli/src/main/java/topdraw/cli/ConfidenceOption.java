package topdraw.cli;

import picocli.CommandLine.Option;
import topdraw.theory.finding.Confidence;

/// How sure intervals and certificates are to be.
final class ConfidenceOption {
  @Option(
      names = "--confidence",
      paramLabel = "C",
      defaultValue = "" + Confidence.USUAL,
      description = "With which intervals and certificates hold. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  /// The confidence asked for.
  ///
  /// @throws IllegalArgumentException if it is not between 0 and 1
  Confidence value() {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "--confidence is between 0 and 1, such as %s, was %s"
              .formatted(Confidence.USUAL, confidence));
    }
    return new Confidence(confidence);
  }
}
