package topdraw.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import topdraw.reference.Judge;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;

/// The options that say what makes a completion good.
final class RewardOptions {
  @Option(
      names = "--reward",
      paramLabel = "NAME[:ARGUMENT]",
      description = {
        "What makes a completion good; repeatable: the first selects, the others are reported."
            + " Default: log-likelihood.",
        "  log-likelihood       the model's own log-probability",
        "  negative-length      fewer tokens are better",
        "  regex:PATTERN        1 where the RE2 pattern is found, else 0",
        "  numeric:ANSWER       1 where the last number equals the answer, else 0",
        "  json-schema:FILE     1 where it is JSON valid under the schema, else 0",
        "  similar:TEXT         likeness to a text, by a sentence model, -1 to 1",
        "  self-judge:QUESTION  the model's own log-odds of Yes to a question about it",
        "  process:COMMAND      a program of yours: JSON lines in and out",
        "  sum(W*REWARD, ...)   the weighted sum of several",
        "  min(REWARD, ...)     the worst of several"
      })
  private List<String> rewards = new ArrayList<>();

  @Option(
      names = "--reward-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long a process: reward may take for one prompt's batch. Default: 60.")
  private double seconds;

  /// Opens the rewards asked for, the default if there is none.
  ///
  /// @param policy the model that a self-judge asks, if it can be asked
  /// @return at least one reward; the caller closes them, before the policy
  List<Reward> open(ReferencePolicy policy) {
    RewardCatalog catalog =
        policy instanceof Judge judge ? RewardCatalog.with(judge) : RewardCatalog.withoutModel();
    return open(catalog);
  }

  /// Opens the rewards asked for where no model is at hand.
  ///
  /// @return at least one reward; the caller closes them
  List<Reward> openWithoutModel() {
    return open(RewardCatalog.withoutModel());
  }

  /// Whether a reward asks the model.
  boolean needModel() {
    return rewards.stream().anyMatch(spec -> spec.contains("self-judge"));
  }

  private List<Reward> open(RewardCatalog catalog) {
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new IllegalArgumentException(
          "--reward-timeout is a number of seconds above 0, at most a day, was " + seconds);
    }
    return catalog
        .withProcessLimit(Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))))
        .openAll(rewards.isEmpty() ? List.of("log-likelihood") : rewards);
  }
}
