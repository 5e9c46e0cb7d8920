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
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.Recording;
import topdraw.recordings.RescoredRecording;
import topdraw.recordings.ScoredRecording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.run.Rescoring;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunSettings;
import topdraw.recordings.run.ScoreRequest;
import topdraw.recordings.run.Scoring;
import topdraw.reference.DrawFailedException;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reference.SecondPass;
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
          + " appears when it is whole.",
      "",
      "With --log-p a model on a server says how likely it finds what is recorded: llama.cpp's server,"
          + " token by token, or vLLM. What has no log-probability has one then; what has one that proves"
          + " something keeps it, and the largest difference is said."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: topdraw score my-run --reward negative-length --reward regex:Paris",
      "         topdraw score my-run --log-p --server http://127.0.0.1:8000 --model smollm2"
    })
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

  @Mixin private ScoredOptions imports = new ScoredOptions();

  @Option(
      names = "--raw",
      description =
          "With --log-p: prompts of files were continued as they stand, without the chat template.")
  private boolean raw;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  private final MissingScores scores = new MissingScores();

  @Override
  public Integer call() throws IOException {
    List<Reward> scorers = rewardOptions.open(List.of(), modelOptions.onServers());
    if (scorers.isEmpty() && !imports.again()) {
      throw new InputException(
          Problem.MISSING,
          "say what to score by, as in --reward negative-length, or --log-p for log-probabilities");
    }
    Interruption.endsBySaving();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("v", 1);
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
          score(request, scorers, document);
        }
      } else {
        score(request, scorers, document);
      }
    } finally {
      scorers.forEach(Reward::close);
    }
    answer(json, () -> document, List::of);
    return missing(scores);
  }

  private void score(ScoreRequest request, List<Reward> scorers, Map<String, Object> document)
      throws IOException {
    Optional<Path> run = request.run();
    if (run.isEmpty()) {
      table(scorers, request.output().orElseThrow(), document);
      return;
    }
    if (raw) {
      throw new InputException(
          Problem.CONFLICT, "--raw is about files; a run says itself how it was drawn");
    }
    if (imports.again()) {
      secondPass(run.get(), document);
    }
    Map<String, Long> unscored = new LinkedHashMap<>();
    for (Reward reward : scorers) {
      unscored.put(reward.name(), score(run.get(), reward));
    }
    document.put("unscored", unscored);
  }

  private void secondPass(Path run, Map<String, Object> document) throws IOException {
    long[] lines = {0};
    RunSettings drawn;
    try (RunReader recorded = RunReader.open(run)) {
      drawn = recorded.manifest().settings();
    }
    try (SecondPass pass = modelOptions.secondPass(drawn.raw(), Optional.of(drawn.provenance()))) {
      told(
          new SecondPassWords(Rescoring.score(run, pass, done -> lines[0] = done), pass.caveat()),
          document);
    } catch (CancellationException e) {
      throw Interruption.told(e, reached(lines[0]));
    } catch (DrawFailedException e) {
      throw new DrawFailedException(e.getMessage() + "; " + reached(lines[0]));
    }
  }

  private static String reached(long lines) {
    return "%d samples were looked at, and the same command goes on".formatted(lines);
  }

  private void told(SecondPassWords words, Map<String, Object> document) {
    words.lines().forEach(err()::println);
    document.put("log_p", words.json());
  }

  private void table(List<Reward> scorers, Path table, Map<String, Object> document)
      throws IOException {
    ExportFormat format = ExportFormat.ofTable(table);
    try (Recording recording = imports.open(inputs, err())) {
      if (imports.again()) {
        try (SecondPass pass = modelOptions.secondPass(raw, Optional.empty());
            RescoredRecording rescored = new RescoredRecording(recording, pass, this::asked)) {
          table(rescored, scorers, format, table, document);
          told(new SecondPassWords(rescored.summary(), pass.caveat()), document);
        }
      } else {
        table(recording, scorers, format, table, document);
      }
    } catch (CancellationException e) {
      throw Interruption.told(e, table + " was not written");
    }
  }

  /// A text is what a user says, as it is where prompts are drawn from.
  private Prompt asked(Prompt recorded) {
    return recorded instanceof Prompt.Text(String text) && !raw ? Prompt.user(text) : recorded;
  }

  private void table(
      Recording recording,
      List<Reward> scorers,
      ExportFormat format,
      Path table,
      Map<String, Object> document)
      throws IOException {
    try (ScoredRecording scored = new ScoredRecording(recording, scorers, scores::add)) {
      ExportSummary written =
          Export.toFile(scored, format, new TableShape(scored.rewards()), table);
      scored.unscored().forEach(this::done);
      err().printf("rows: %d, of prompts: %d, in %s%n", written.rows(), written.prompts(), table);
      document.put("unscored", scored.unscored());
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
