package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.draw.Draw;
import topdraw.draw.MissingScores;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.prompts.PromptText;
import topdraw.reference.BlockPolicy;
import topdraw.reference.PausingPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.PrefixRejection;
import topdraw.selection.RejectionRound;
import topdraw.selection.Round;
import topdraw.selection.SelectionRequest;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;
import topdraw.words.RoundWords;
import topdraw.words.json.SampleJson;
import topdraw.words.text.SampleText;

@Command(
    name = "sample",
    description = {
      "Draws completions of one prompt and prints the best.",
      "",
      "The answer goes to standard output, the findings (how far the choice drifted from the model,"
          + " how often it wins, what it cost) to standard error."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --threshold the drawing stops at the first completion whose reward reaches it, after at"
          + " most n draws; with --rewind it goes on until one does. --soft and --poisson trade a"
          + " little of the win rate for drift: docs/tutorial.md says when each pays.",
      "",
      "Example: topdraw sample \"What is the capital of France?\" -n 16 --reward regex:Paris --seed"
          + " 7"
    })
final class SampleCommand extends AnsweringCommand {
  @Mixin private DrawOptions drawOptions;
  @Mixin private RewardOptions rewardOptions;
  @Mixin private SelectionOptions selectionOptions;
  @Mixin private BlockOptions blockOptions;
  @Mixin private RejectionOptions rejectionOptions;
  @Mixin private ConfidenceOption confidence;

  @Parameters(
      paramLabel = "PROMPT",
      arity = "0..1",
      description = "What to ask. Read from standard input when it is not given, or is \"-\".")
  private @Nullable String prompt;

  @Option(
      names = "--raw",
      description = "Continue the prompt as it stands, without the chat template.")
  private boolean raw;

  @Option(
      names = "--json",
      description = "Answer and findings as one JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Selection selection = selectionOptions.selection();
    String text = PromptText.of(Optional.ofNullable(prompt), System.in);
    Prompt asked = raw ? new Prompt.Text(text) : Prompt.user(text);
    List<Reward> rewards = rewardOptions.open(List.of("log-likelihood"), drawOptions.onServers());
    try {
      Optional<Blockwise> byBlocks = blockOptions.method(selection, rewards);
      Optional<PrefixRejection> rejecting =
          rejectionOptions.method(selection, byBlocks.isPresent(), rewards);
      try (ReferencePolicy policy = drawOptions.open(raw, byBlocks.isPresent())) {
        rewardOptions.requireScoresOf(policy);
        rewardOptions.answerWith(policy);
        if (byBlocks.isPresent()) {
          return missing(answer(byBlocks(policy), byBlocks.get(), asked));
        }
        return rejecting.isPresent()
            ? answer(RejectionOptions.pausing(policy), rejecting.get(), selection, asked)
            : answer(policy, rewards, selection, asked);
      }
    } finally {
      rewards.forEach(Reward::close);
    }
  }

  /// @return the exit code
  private int answer(
      ReferencePolicy policy, List<Reward> rewards, Selection selection, Prompt asked) {
    long started = System.nanoTime();
    Round round;
    try (DrawMeter meter = DrawMeter.to(err(), SelectionRequest.foreseen(selection))) {
      round = new Selector(policy, rewards).select(selection, asked, 0, meter);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    print(
        RoundWords.nothingScored(round) ? Optional.empty() : Optional.of(round.winner()),
        () -> SampleJson.of(round, confidence.value(), policy.provenance()),
        () -> SampleText.lines(round, confidence.value(), seconds));
    int code = missing(MissingScores.of(round.draws()));
    return RoundWords.nothingScored(round) ? 1 : code;
  }

  private static BlockPolicy byBlocks(ReferencePolicy policy) {
    if (policy instanceof BlockPolicy blocks) {
      return blocks;
    }
    throw new InputException(
        Problem.UNSUPPORTED,
        policy.provenance().model() + " cannot be drawn from block by block; leave out --block");
  }

  private MissingScores answer(BlockPolicy policy, Blockwise method, Prompt asked) {
    long started = System.nanoTime();
    BlockwiseRound round;
    try (DrawMeter meter =
        DrawMeter.toBlocks(err(), blockOptions.mostBlocks(drawOptions.maxTokens()))) {
      round = method.select(policy, asked, meter);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    print(
        Optional.of(round.answer()),
        () -> SampleJson.of(round, confidence.value(), policy.provenance()),
        () -> SampleText.lines(round, confidence.value(), seconds));
    MissingScores scores = MissingScores.of(List.of(round.answer()));
    round.blocks().stream()
        .flatMap(block -> block.candidates().stream())
        .forEach(candidate -> scores.add(round.rewards().getFirst(), candidate.score()));
    return scores;
  }

  /// @return the exit code
  private int answer(
      PausingPolicy policy, PrefixRejection method, Selection selection, Prompt asked) {
    long started = System.nanoTime();
    RejectionRound round;
    try (DrawMeter meter = DrawMeter.to(err(), SelectionRequest.foreseen(selection))) {
      round = method.select(policy, asked, meter);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    print(
        round.nothingScored() ? Optional.empty() : Optional.of(round.winner()),
        () -> SampleJson.of(round, confidence.value(), policy.provenance()),
        () -> SampleText.lines(round, confidence.value(), seconds));
    MissingScores scores = MissingScores.of(List.of(round.winner()));
    round.draws().stream()
        .filter(draw -> draw.index() != round.winner().index())
        .forEach(draw -> scores.add(round.rewards().getFirst(), draw.score()));
    int code = missing(scores);
    return round.nothingScored() ? 1 : code;
  }

  /// The answer alone on standard output, where there is a best one, and what is known of it on
  /// standard error.
  private void print(Optional<Draw> answer, Supplier<?> document, Supplier<List<String>> known) {
    answer(json, document, () -> answer.map(best -> best.text().orElse("")).stream().toList());
    if (!json) {
      known.get().forEach(err()::println);
    }
  }
}
