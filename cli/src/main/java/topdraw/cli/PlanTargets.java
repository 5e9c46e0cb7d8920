package topdraw.cli;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.plan.Targets;

/// The targets of a plan, as options.
final class PlanTargets {
  @Option(
      names = "--win-rate",
      paramLabel = "W",
      description = "At least this win rate against one draw.")
  private @Nullable Double winRate;

  @Option(
      names = "--reward-at-least",
      paramLabel = "R",
      description = "At least this mean reward; needs --run.")
  private @Nullable Double reward;

  @Option(
      names = "--kl",
      paramLabel = "NATS",
      description = "At most this drift, KL(policy || model).")
  private @Nullable Double kl;

  @Option(
      names = "--draws",
      paramLabel = "M",
      description = "At most this many draws a prompt, on average.")
  private @Nullable Double draws;

  @Option(
      names = "--tokens",
      paramLabel = "T",
      description = "At most this many tokens a prompt, on average.")
  private @Nullable Double tokens;

  @Option(
      names = "--tokens-per-draw",
      paramLabel = "T",
      description = "Mean tokens of a draw, for --tokens. Default: as recorded in --run.")
  private @Nullable Double tokensPerDraw;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "At most this many seconds of drawing a prompt, one draw after the other.")
  private @Nullable Double seconds;

  @Option(
      names = "--seconds-per-draw",
      paramLabel = "S",
      description = "Mean seconds of a draw, for --seconds.")
  private @Nullable Double secondsPerDraw;

  /// Whether anything was asked for.
  boolean any() {
    return Stream.of(winRate, reward, kl, draws, tokens, seconds).anyMatch(t -> t != null);
  }

  boolean wantsTokens() {
    return tokens != null && tokensPerDraw == null;
  }

  OptionalDouble tokensPerDraw() {
    return optional(tokensPerDraw);
  }

  /// The targets, budgets turned into draws.
  Targets targets(OptionalDouble recordedTokens) {
    OptionalDouble ceiling =
        Stream.of(
                optional(draws),
                paid(tokens, tokensPerDraw, recordedTokens, "--tokens"),
                paid(seconds, secondsPerDraw, OptionalDouble.empty(), "--seconds"))
            .flatMapToDouble(OptionalDouble::stream)
            .min();
    return new Targets(optional(winRate), optional(reward), optional(kl), ceiling);
  }

  private static OptionalDouble paid(
      @Nullable Double budget, @Nullable Double given, OptionalDouble recorded, String option) {
    if (budget == null) {
      return OptionalDouble.empty();
    }
    double price =
        DoubleStream.concat(optional(given).stream(), recorded.stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MISSING,
                        option + " needs the price of a draw: give " + option + "-per-draw"));
    if (!(price > 0)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, option + "-per-draw must be above 0, was " + price);
    }
    return OptionalDouble.of(budget / price);
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
