package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.draw.MissingScores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.ScoredRecording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.run.ScoreRequest;
import topdraw.recordings.run.Scoring;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;

@Command(
    name = "score",
    description = {
      "Scores recorded samples by more rewards.",
      "",
      "A run's scores go into files of their own beside its samples, which stay as they are."
          + " Interrupted, the same command goes on; after the run was made longer, it scores what is"
          + " new, and what could not be scored before it tries again. Files of others stay as they are"
          + " too: with -o all their samples go into a new table, with a column a reward more. It"
          + " appears when it is whole."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw score my-run --reward negative-length --reward regex:Paris"})
final class ScoreCommand extends AnsweringCommand {
  @Mixin private ModelOptions modelOptions;
  @Mixin private RewardOptions rewardOptions;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|FILE",
      description = "A run folder, or files as topdraw analyze reads them.")
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "TABLE",
      description =
          "Files of others: the table to write, by the end of its name as JSON Lines (.jsonl), CSV"
              + " (.csv) or Parquet (.parquet).")
  private @Nullable Path output;

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  private final MissingScores scores = new MissingScores();

  @Override
  public Integer call() throws IOException {
    List<Reward> scorers = rewardOptions.open(List.of());
    if (scorers.isEmpty()) {
      throw new InputException(
          Problem.MISSING, "say what to score by, as in --reward negative-length");
    }
    Interruption.endsBySaving();
    Map<String, Long> unscored;
    try {
      ScoreRequest request = new ScoreRequest(inputs, Optional.ofNullable(output));
      if (imports.choosesPrompts() && request.output().isEmpty()) {
        throw new InputException(
            Problem.CONFLICT,
            "the scores of a run are of all its prompts; leave --prompt out, or write a table with -o");
      }
      if (rewardOptions.askTheModel()) {
        // A judge reads; how it would draw does not matter.
        try (ReferencePolicy judge = modelOptions.open(Sampling.plain(1), 0)) {
          rewardOptions.answerWith(judge);
          unscored = score(request, scorers);
        }
      } else {
        unscored = score(request, scorers);
      }
    } finally {
      scorers.forEach(Reward::close);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("v", 1);
    document.put("unscored", unscored);
    answer(json, () -> document, List::of);
    return missing(scores);
  }

  private Map<String, Long> score(ScoreRequest request, List<Reward> scorers) throws IOException {
    if (request.output().isPresent()) {
      return table(scorers, request.output().get());
    }
    Map<String, Long> unscored = new LinkedHashMap<>();
    for (Reward reward : scorers) {
      unscored.put(reward.name(), score(request.run().orElseThrow(), reward));
    }
    return unscored;
  }

  private Map<String, Long> table(List<Reward> scorers, Path table) throws IOException {
    ExportFormat format = ExportFormat.ofTable(table);
    try (Recording recording = imports.open(inputs, err());
        ScoredRecording scored = new ScoredRecording(recording, scorers, scores::add)) {
      ExportSummary written =
          Export.toFile(scored, format, new TableShape(scored.rewards()), table);
      scored.unscored().forEach(this::done);
      err().printf("rows: %d, of prompts: %d, in %s%n", written.rows(), written.prompts(), table);
      return scored.unscored();
    } catch (CancellationException e) {
      throw Interruption.told(e, table + " was not written");
    }
  }

  private long score(Path run, Reward reward) throws IOException {
    long[] lines = {0};
    try {
      long unscored = Scoring.score(run, reward, done -> lines[0] = done, scores);
      done(reward.name(), unscored);
      return unscored;
    } catch (CancellationException e) {
      throw Interruption.told(
          e,
          lines[0] + " scores of " + reward.name() + " are recorded, and the same command goes on");
    }
  }

  private void done(String reward, long unscored) {
    err()
        .printf(
            "%s: done; %s no score%n",
            reward, unscored == 1 ? "1 sample has" : unscored + " samples have");
  }
}
