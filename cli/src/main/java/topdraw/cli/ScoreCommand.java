package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.json.Json;
import topdraw.recordings.Scoring;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;

@Command(
    name = "score",
    description = {
      "Scores a recorded run by more rewards.",
      "",
      "The scores go into files of their own beside the samples, which stay as they are. Interrupted,"
          + " the same command goes on; after the run was made longer, it scores what is new."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw score my-run --reward negative-length --reward regex:Paris"})
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a recorded run.")
  private Path run = Path.of("");

  @Option(
      names = "--reward",
      paramLabel = "NAME[:ARGUMENT]",
      required = true,
      description = "What to score by; repeatable.")
  private List<String> rewards = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Reward> scorers = rewards.stream().map(Rewards::named).toList();
    Interruption.endsBySaving();
    Map<String, Long> unscored = new LinkedHashMap<>();
    for (Reward reward : scorers) {
      try (reward) {
        unscored.put(reward.name(), score(reward));
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.line(Map.of("v", 1, "unscored", unscored)));
    }
    return 0;
  }

  private long score(Reward reward) throws IOException {
    long[] lines = {0};
    try {
      long unscored = Scoring.score(run, reward, done -> lines[0] = done);
      spec.commandLine()
          .getErr()
          .printf("%s: done; %d samples have no score%n", reward.name(), unscored);
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
}
