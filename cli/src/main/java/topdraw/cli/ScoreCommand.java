package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.draw.MissingScores;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.run.ScoreRequest;
import topdraw.recordings.scoring.MoreScores;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;

@Command(
    name = "score",
    description = {
      "Scores recorded samples by more rewards.",
      "",
      "A run's scores go into files of their own beside its samples, which stay as they are."
          + " Interrupted, the same command goes on; after the run was made longer, it scores what"
          + " is new, and what could not be scored before it tries again. Files of others stay as"
          + " they are too: with -o all their samples go into a new table, with a column a reward"
          + " more. It appears when it is whole.",
      "",
      "With --log-p a model on a server says how likely it finds what is recorded: llama.cpp's"
          + " server, token by token, or vLLM. What has no log-probability has one then; what has"
          + " one that proves something keeps it, and the largest difference is said."
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

  @Override
  public Integer call() throws IOException {
    List<Reward> scorers = rewardOptions.open(List.of(), modelOptions.onServers());
    if (scorers.isEmpty() && !imports.again()) {
      throw new InputException(
          Problem.MISSING,
          "say what to score by, as in --reward negative-length, or --log-p for log-probabilities");
    }
    Interruption.endsBySaving();
    MissingScores scores = new MissingScores();
    ScoreReport report = new ScoreReport(err());
    try {
      ScoreRequest request = new ScoreRequest(inputs, Optional.ofNullable(output));
      if (raw && request.run().isPresent()) {
        throw new InputException(
            Problem.CONFLICT, "--raw is about files; a run says itself how it was drawn");
      }
      if (imports.choosesPrompts() && request.output().isEmpty()) {
        throw new InputException(
            Problem.CONFLICT,
            "the scores of a run are of all its prompts; leave --prompt out, or write a table with"
                + " -o");
      }
      MoreScores more = new MoreScores(scorers, scores, report);
      if (rewardOptions.askTheModel()) {
        // A judge reads; how it would draw does not matter.
        try (ReferencePolicy judge = modelOptions.open(Sampling.plain(1), 0)) {
          rewardOptions.answerWith(judge);
          score(request, more);
        }
      } else {
        score(request, more);
      }
    } finally {
      scorers.forEach(Reward::close);
    }
    answer(json, report::document, List::of);
    return missing(scores);
  }

  private void score(ScoreRequest request, MoreScores more) throws IOException {
    Optional<MoreScores.Opening> pass =
        imports.again() ? Optional.of(modelOptions::secondPass) : Optional.empty();
    Optional<Path> run = request.run();
    if (run.isEmpty()) {
      more.toTable(() -> imports.open(inputs, err()), pass, raw, request.output().orElseThrow());
      return;
    }
    more.ofRun(run.get(), pass);
  }
}
