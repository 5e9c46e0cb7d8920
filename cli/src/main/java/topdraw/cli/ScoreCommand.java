package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.json.Json;
import topdraw.llama.LlamaPolicy;
import topdraw.recordings.RunReader;
import topdraw.recordings.Scoring;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;

@Command(
    name = "score",
    description = {
      "Scores a recorded run by more rewards.",
      "",
      "The scores go into files of their own beside the samples, which stay as they are. Interrupted,"
          + " the same command goes on; after the run was made longer, it scores what is new, and what"
          + " could not be scored before it tries again."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw score my-run --reward negative-length --reward regex:Paris"})
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions modelOptions;
  @Mixin private RewardOptions rewardOptions;

  @Parameters(paramLabel = "RUN", description = "The folder of a recorded run.")
  private Path run = Path.of("");

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  private final MissingScores scores = new MissingScores();

  @Override
  public Integer call() throws IOException {
    List<Reward> scorers = rewardOptions.open(List.of());
    if (scorers.isEmpty()) {
      throw new IllegalArgumentException("say what to score by, as in --reward negative-length");
    }
    Interruption.endsBySaving();
    Map<String, Long> unscored;
    if (rewardOptions.askTheModel()) {
      // A judge reads; how it would draw does not matter.
      try (LlamaPolicy judge = modelOptions.open(Sampling.plain(1), 0)) {
        rewardOptions.answerWith(judge);
        unscored = score(scorers);
      }
    } else {
      unscored = score(scorers);
    }
    if (json) {
      spec.commandLine().getOut().println(Json.line(Map.of("v", 1, "unscored", unscored)));
    }
    scores.lines().forEach(spec.commandLine().getErr()::println);
    return scores.exitCode();
  }

  private Map<String, Long> score(List<Reward> scorers) throws IOException {
    Map<String, Long> unscored = new LinkedHashMap<>();
    try {
      for (Reward reward : scorers) {
        unscored.put(reward.name(), score(reward));
      }
    } finally {
      scorers.forEach(Reward::close);
    }
    return unscored;
  }

  private long score(Reward reward) throws IOException {
    long[] lines = {0};
    try {
      long unscored = Scoring.score(run, reward, done -> lines[0] = done);
      spec.commandLine()
          .getErr()
          .printf("%s: done; %d samples have no score%n", reward.name(), unscored);
      count(reward);
      return unscored;
    } catch (CancellationException e) {
      CancellationException told =
          new CancellationException(
              "interrupted; "
                  + lines[0]
                  + " scores of "
                  + reward.name()
                  + " are recorded, and the same command goes on");
      told.initCause(e);
      throw told;
    }
  }

  private void count(Reward reward) throws IOException {
    try (RunReader recorded = RunReader.open(run)) {
      int position = recorded.rewards().lastIndexOf(reward.identity());
      recorded.stream()
          .flatMap(prompt -> prompt.draws().stream())
          .map(draw -> draw.scores().scores().get(position))
          .forEach(score -> scores.add(reward.name(), score));
    }
  }
}
