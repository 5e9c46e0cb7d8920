package topdraw.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.llama.LlamaPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

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
      "Example: topdraw sample \"What is the capital of France?\" -n 16 --reward regex:Paris --seed 7"
    })
final class SampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyOptions policyOptions;
  @Mixin private RewardOptions rewardOptions;
  @Mixin private SelectionOptions selectionOptions;
  @Mixin private BlockOptions blockOptions;
  @Mixin private ConfidenceOption confidence;

  @Parameters(
      paramLabel = "PROMPT",
      arity = "0..1",
      description = "What to ask. Read from standard input when it is not given, or is \"-\".")
  private @Nullable String prompt;

  @Option(
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "256",
      description = "The most tokens of a completion. Default: 256.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed, model and settings draw the same completions. Default: 0.")
  private long seed;

  @Option(
      names = "--raw",
      description = "Continue the prompt as it stands, without the chat template.")
  private boolean raw;

  @Option(
      names = "--json",
      description = "Answer and findings as one JSON object on standard output.")
  private boolean json;

  private final InputStream in;

  SampleCommand() {
    this(System.in);
  }

  SampleCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    Selection selection = selectionOptions.selection();
    Prompt asked = raw ? new Prompt.Text(text()) : Prompt.user(text());
    List<Reward> rewards = rewardOptions.open(List.of("log-likelihood"));
    try {
      Optional<Blockwise> byBlocks = blockOptions.method(selection, rewards);
      try (LlamaPolicy policy = policyOptions.open(seed, maxTokens)) {
        rewardOptions.answerWith(policy);
        MissingScores scores =
            byBlocks.isPresent()
                ? answer(policy, byBlocks.get(), asked)
                : answer(policy, rewards, selection, asked);
        scores.lines().forEach(spec.commandLine().getErr()::println);
        return scores.exitCode();
      }
    } finally {
      rewards.forEach(Reward::close);
    }
  }

  private MissingScores answer(
      LlamaPolicy policy, List<Reward> rewards, Selection selection, Prompt asked) {
    long started = System.nanoTime();
    Round round = select(policy, rewards, selection, asked);
    double seconds = (System.nanoTime() - started) / 1e9;
    var answer = new SampleAnswer(round, confidence.value());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(answer.json(policy.provenance())));
    } else {
      answer.print(seconds, out, spec.commandLine().getErr());
    }
    return MissingScores.of(round.draws());
  }

  private MissingScores answer(LlamaPolicy policy, Blockwise method, Prompt asked) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    long started = System.nanoTime();
    BlockwiseRound round;
    try (DrawMeter meter = DrawMeter.toBlocks(err, blockOptions.mostBlocks(maxTokens))) {
      round = method.select(policy, asked, meter);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    var answer = new BlockwiseAnswer(round, confidence.value());
    if (json) {
      out.println(Json.line(answer.json(policy.provenance())));
    } else {
      answer.print(seconds, out, err);
    }
    MissingScores scores = MissingScores.of(List.of(round.answer()));
    String selecting = round.rewards().getFirst();
    round.blocks().stream()
        .flatMap(block -> block.candidates().stream())
        .forEach(candidate -> scores.add(selecting, candidate.score()));
    return scores;
  }

  private Round select(
      ReferencePolicy policy, List<Reward> rewards, Selection selection, Prompt asked) {
    try (DrawMeter meter = meter(selection)) {
      return new Selector(policy, rewards).select(selection, asked, 0, meter);
    }
  }

  private DrawMeter meter(Selection selection) {
    return DrawMeter.to(spec.commandLine().getErr(), selectionOptions.foreseen(selection));
  }

  private String text() throws IOException {
    String argument = prompt;
    return argument == null || argument.equals("-")
        ? PromptText.from(in)
        : PromptText.fromArgument(argument);
  }
}
