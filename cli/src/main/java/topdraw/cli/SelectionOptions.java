package topdraw.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.law.Selection;

/// How the answer is chosen among what is drawn: options of a command that makes one selection.
final class SelectionOptions {
  /// A round keeps all its candidates in memory; more draws than this are a recorded run. A Poisson
  /// law of half that mean all but never goes beyond.
  static final int MOST_DRAWS = 16_384;

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
  /// @throws InputException if options are out of range or do not go together
  Selection selection() {
    Double mu = poisson;
    Double temperature = soft;
    Double reached = threshold;
    if (rewind && reached == null) {
      throw new InputException(
          Problem.MISSING, "--rewind needs --threshold, the reward to wait for");
    }
    if (mu != null) {
      boolean counted = spec.commandLine().getParseResult().hasMatchedOption("-n");
      alone("--poisson", counted ? "-n" : temperature != null ? "--soft" : thresholdOption());
      return new Selection.BestOfPoisson(above0(mu, MOST_DRAWS / 2.0, "--poisson"));
    }
    if (temperature != null) {
      alone("--soft", thresholdOption());
      return new Selection.SoftBestOfN(draws(), above0(temperature, Double.MAX_VALUE, "--soft"));
    }
    if (reached == null) {
      return new Selection.BestOfN(draws());
    }
    if (Double.isNaN(reached)) {
      throw new InputException(Problem.OUT_OF_RANGE, "--threshold must be a number, was NaN");
    }
    return rewind
        ? new Selection.RewindAndRepeat(reached)
        : new Selection.EarlyStop(draws(), reached);
  }

  private @Nullable String thresholdOption() {
    return threshold == null ? null : "--threshold";
  }

  private static void alone(String option, @Nullable String other) {
    if (other != null) {
      throw new InputException(
          Problem.CONFLICT, option + " and " + other + " are two ways to choose; give one of them");
    }
  }

  private static double above0(double value, double most, String option) {
    if (!(value > 0 && value <= most)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          option
              + " must be above 0 and "
              + (most == Double.MAX_VALUE ? "finite" : "at most " + (int) most)
              + ", was "
              + value);
    }
    return value;
  }

  private int draws() {
    if (n < 1 || n > MOST_DRAWS) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "-n counts completions, from 1 to " + MOST_DRAWS + ", was " + n);
    }
    return n;
  }

  /// How many draws a selection makes, for a progress bar: a guess where chance decides, 0 where
  /// there is none.
  int foreseen(Selection selection) {
    return switch (selection) {
      case Selection.BestOfPoisson(double mu) -> 1 + (int) Math.ceil(mu);
      case Selection.RewindAndRepeat _ -> 0;
      default -> n;
    };
  }
}
