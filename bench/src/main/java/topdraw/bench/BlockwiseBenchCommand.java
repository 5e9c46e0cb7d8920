package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.cli.ModelOptions;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Judge;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

@Command(
    name = "blockwise",
    description = {
      "What an accepted token costs block by block, beside plain best-of-n.",
      "",
      "Draws an answer to two prompts by each method in turn, with a reward that costs nothing and"
          + " keeps answers long: the most tokens. Cost is wall time, prompt included, over tokens of"
          + " the answers; a ratio is of two runs of the same round."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench blockwise --rounds 3"})
final class BlockwiseBenchCommand implements Callable<Integer> {
  private static final List<Prompt> PROMPTS =
      List.of(
          Prompt.user("Describe the function of a computer motherboard."),
          Prompt.user("Give three tips for staying healthy."));
  private static final List<Reward> LONGEST = List.of(Rewards.named("sum(-1*negative-length)"));
  private static final long SEED = 7;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "8",
      description = "Candidates of every choice. Default: 8.")
  private int n;

  @Option(
      names = "--blocks",
      split = ",",
      paramLabel = "M",
      defaultValue = "64,16,4",
      description = "Tokens a block. Default: 64,16,4.")
  private List<Integer> blocks = List.of();

  @Option(
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "64",
      description = "The most tokens of an answer. Default: 64.")
  private int maxTokens;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Runs of each method behind every median. Default: 5.")
  private int rounds;

  @Option(names = "--json", description = "One JSON object on standard output, a run each.")
  private boolean json;

  /// One run: an answer to every prompt.
  ///
  /// @param seconds wall time
  /// @param accepted tokens of the answers
  /// @param drawn tokens drawn for them
  private record Run(double seconds, long accepted, long drawn) {
    Run plus(double more, long accepted, long drawn) {
      return new Run(seconds + more, this.accepted + accepted, this.drawn + drawn);
    }

    double secondsAToken() {
      return seconds / accepted;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new InputException(Problem.OUT_OF_RANGE, "--rounds must be at least 1, was " + rounds);
    }
    List<Run> plain = new ArrayList<>();
    Map<Integer, List<Run>> byBlocks = new LinkedHashMap<>();
    blocks.forEach(block -> byBlocks.put(block, new ArrayList<>()));
    String model;
    try (BlockPolicy policy = (BlockPolicy) modelOptions.open(Sampling.plain(maxTokens), SEED)) {
      model = ((Judge) policy).model();
      plain(policy); // to warm up
      for (int round = 1; round <= rounds; round++) {
        plain.add(plain(policy));
        byBlocks.forEach((block, runs) -> runs.add(blockwise(policy, block)));
        spec.commandLine().getErr().println("round " + round + " of " + rounds);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(asJson(model, plain, byBlocks)));
    } else {
      print(out, model, plain, byBlocks);
    }
    return 0;
  }

  private Run plain(BlockPolicy policy) {
    var selector = new Selector(policy, LONGEST);
    Run run = new Run(0, 0, 0);
    for (Prompt prompt : PROMPTS) {
      long started = System.nanoTime();
      Round round = selector.select(new Selection.BestOfN(n), prompt);
      run =
          run.plus(
              (System.nanoTime() - started) / 1e9,
              (int) round.winner().length().orElseThrow(),
              round.tokensDrawn().orElseThrow());
    }
    return run;
  }

  private Run blockwise(BlockPolicy policy, int block) {
    var method = new Blockwise(n, block, LONGEST);
    Run run = new Run(0, 0, 0);
    for (Prompt prompt : PROMPTS) {
      long started = System.nanoTime();
      BlockwiseRound round = method.select(policy, prompt, (_, _) -> {});
      run =
          run.plus(
              (System.nanoTime() - started) / 1e9,
              round.blocks().getLast().end(),
              round.tokensDrawn());
    }
    return run;
  }

  private void print(
      PrintWriter out, String model, List<Run> plain, Map<Integer, List<Run>> byBlocks) {
    out.println(model);
    out.printf(
        "n = %d, at most %d tokens, %d prompts, medians of %d rounds in turns%n%n",
        n, maxTokens, PROMPTS.size(), rounds);
    out.println(
        "                 ms a token accepted   ratio to plain       drawn a token accepted");
    out.println(line("plain", plain, plain));
    byBlocks.forEach((block, runs) -> out.println(line("blocks of " + block, runs, plain)));
  }

  private static String line(String name, List<Run> runs, List<Run> plain) {
    double[] ratios = new double[runs.size()];
    Arrays.setAll(ratios, i -> runs.get(i).secondsAToken() / plain.get(i).secondsAToken());
    double[] costs = runs.stream().mapToDouble(Run::secondsAToken).toArray();
    Run any = runs.getFirst(); // every round draws the same
    return String.format(
        Locale.ROOT,
        "%-16s %19.2f   %.2f (%.2f to %.2f)  %22.2f",
        name,
        1e3 * Median.of(costs),
        Median.of(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        (double) any.drawn() / any.accepted());
  }

  private Map<String, Object> asJson(
      String model, List<Run> plain, Map<Integer, List<Run>> byBlocks) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("model", model);
    report.put("n", n);
    report.put("max_tokens", maxTokens);
    report.put("plain", plain);
    report.put("by_block", byBlocks);
    return report;
  }
}
