package topdraw.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.draw.Prompt;
import topdraw.recordings.prompts.PromptText;
import topdraw.reference.BlockPolicy;
import topdraw.reference.PausingPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.selection.PrefixRejection;
import topdraw.selection.SelectionRequest;
import topdraw.selection.SelectionRound;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;
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
          BlockPolicy blocks = BlockOptions.continuing(policy);
          int most = blockOptions.mostBlocks(drawOptions.maxTokens());
          return answer(
              policy,
              DrawMeter.toBlocks(err(), most),
              meter -> byBlocks.get().select(blocks, asked, meter));
        }
        int foreseen = SelectionRequest.foreseen(selection);
        if (rejecting.isPresent()) {
          PausingPolicy pausing = RejectionOptions.pausing(policy);
          return answer(
              policy,
              DrawMeter.to(err(), foreseen),
              meter -> rejecting.get().select(pausing, asked, meter));
        }
        return answer(
            policy,
            DrawMeter.to(err(), foreseen),
            meter -> new Selector(policy, rewards).select(selection, asked, 0, meter));
      }
    } finally {
      rewards.forEach(Reward::close);
    }
  }

  /// The answer alone on standard output, where there is a best one, and what is known of it on
  /// standard error.
  ///
  /// @return the exit code
  private int answer(
      ReferencePolicy policy, DrawMeter meter, Function<DrawMeter, SelectionRound> method) {
    long started = System.nanoTime();
    SelectionRound round;
    try (meter) {
      round = method.apply(meter);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    answer(
        json,
        () -> SampleJson.of(round, confidence.value(), policy.provenance()),
        () -> round.best().map(best -> best.text().orElse("")).stream().toList());
    if (!json) {
      SampleText.lines(round, confidence.value(), seconds).forEach(err()::println);
    }
    int code = missing(round.scores());
    return round.best().isEmpty() ? 1 : code;
  }
}
