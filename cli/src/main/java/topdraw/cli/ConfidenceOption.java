package topdraw.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topdraw.theory.finding.Confidence;

/// How sure intervals and certificates are to be: a picocli mixin.
public final class ConfidenceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Confidence value = Confidence.DEFAULT;

  /// The usual confidence, until another is asked for.
  public ConfidenceOption() {}

  @Option(
      names = "--confidence",
      paramLabel = "C",
      defaultValue = "" + Confidence.USUAL,
      description = "With which intervals and certificates hold. Default: ${DEFAULT-VALUE}.")
  void set(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--confidence is between 0 and 1, such as %s, was %s"
              .formatted(Confidence.USUAL, confidence));
    }
    value = new Confidence(confidence);
  }

  /// The confidence asked for.
  ///
  /// @return in `(0, 1)`
  public Confidence value() {
    return value;
  }
}
