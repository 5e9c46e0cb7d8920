package topdraw.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.OneSet;
import topdraw.estimate.Protocol;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.confidence.Scope;

/// The options that say what an analysis is asked, of rewards that are known.
final class AnalysisOptions {
  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 3, 4, 6, 8, 12, ...")
  private List<Integer> grid = List.of();

  @Option(
      names = "--every-n",
      description =
          "With -n: for each n all prompts with as many draws. Default: for every n the same prompts,"
              + " those with enough draws for the largest.")
  private boolean everyN;

  @Option(
      names = "--threshold",
      paramLabel = "REWARD",
      description = "Also early stop and rewind-and-repeat, which accept at this reward.")
  private @Nullable Double threshold;

  @Option(
      names = "--protocol",
      defaultValue = "subsets",
      paramLabel = "NAME",
      description =
          "subsets (unbiased), or, to match published numbers, first-n (noisy) or bootstrap (biased)."
              + " Default: subsets.")
  private String protocol = "subsets";

  @Option(
      names = "--prompts",
      paramLabel = "sample|fixed",
      description =
          "Whether intervals speak of all prompts that these are a sample of, or of these alone."
              + " Default: sample from ten prompts on.")
  private @Nullable String prompts;

  /// The prompts that are counted.
  OneSet set() {
    return new OneSet(everyN ? List.of() : grid);
  }

  /// The question.
  ///
  /// @param selects the reward that selects
  /// @param gold the reward that counts, where there is one
  /// @throws InputException if an option is out of range or unknown
  AnalysisQuestion question(String selects, Optional<String> gold) {
    return new AnalysisQuestion(
        selects,
        gold,
        Given.of(threshold),
        grid,
        Protocol.of(protocol),
        Optional.ofNullable(prompts).map(AnalysisOptions::scope));
  }

  private static Scope scope(String word) {
    return Scope.named(word)
        .orElseThrow(
            () -> new InputException(Problem.UNKNOWN, "--prompts is sample or fixed, was " + word));
  }
}
