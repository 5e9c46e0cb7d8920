package topdraw.cli;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.selection.SelectionRequest;
import topdraw.theory.law.Selection;

/// How the answer is chosen among what is drawn: options of a command that makes one selection.
final class SelectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "16",
      description = "Completions to draw. Default: 16.")
  private int n;

  @Option(
      names = "--threshold",
      paramLabel = "R",
      description = "Stop at the first completion whose reward reaches R.")
  private @Nullable Double threshold;

  @Option(
      names = "--rewind",
      description = "With --threshold: draw until it is reached, without a cap.")
  private boolean rewind;

  @Option(
      names = "--soft",
      paramLabel = "T",
      description =
          "Soft best-of-n: return one of the n with probability in proportion to exp(reward / T).")
  private @Nullable Double soft;

  @Option(
      names = "--poisson",
      paramLabel = "MU",
      description = "Best-of-Poisson: the best of 1 + Poisson(MU) completions, in place of -n.")
  private @Nullable Double poisson;

  /// The selection asked for.
  ///
  /// @throws topdraw.input.InputException if options are out of range or do not go together
  Selection selection() {
    // Of a number that no one typed --poisson takes the place.
    boolean counted = poisson == null || spec.commandLine().getParseResult().hasMatchedOption("-n");
    return new SelectionRequest(
            counted ? OptionalInt.of(n) : OptionalInt.empty(),
            Given.of(threshold),
            rewind,
            Given.of(soft),
            Given.of(poisson))
        .selection();
  }
}
