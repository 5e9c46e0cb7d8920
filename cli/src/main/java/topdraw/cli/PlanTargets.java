package topdraw.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.Parameter;
import topdraw.plan.Budget;
import topdraw.plan.PlanRequest;

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

  /// What is asked for.
  PlanRequest request() {
    return new PlanRequest(
        Given.of(winRate),
        Given.of(reward),
        Given.of(kl),
        Given.of(draws),
        new Budget(Parameter.TOKENS, Given.of(tokens), Given.of(tokensPerDraw)),
        new Budget(Parameter.SECONDS, Given.of(seconds), Given.of(secondsPerDraw)));
  }
}
