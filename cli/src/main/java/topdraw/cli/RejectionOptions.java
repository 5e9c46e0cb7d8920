package topdraw.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.reference.PausingPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reward.Reward;
import topdraw.selection.PrefixRejection;
import topdraw.selection.RejectionRule;
import topdraw.theory.law.Selection;

/// The options that have completions given up that begin badly.
final class RejectionOptions {
  private static final double USUAL = 0.5;

  @Option(
      names = "--reject-at",
      split = ",",
      paramLabel = "TOKENS",
      description =
          "Prefix-scored rejection: at so many tokens the reward looks at what there is of each"
              + " completion, and only the best go on.")
  private List<Integer> checkpoints = new ArrayList<>();

  @Option(
      names = "--keep",
      paramLabel = "SHARE",
      description = "The share that goes on at each --reject-at. Default: 0.5.")
  private @Nullable Double keep;

  /// The method asked for.
  ///
  /// @param selection how the answer is chosen
  /// @param byBlocks whether it is chosen block by block
  /// @param rewards the first selects
  /// @return the method; empty without `--reject-at`
  /// @throws InputException if the options do not go together
  Optional<PrefixRejection> method(Selection selection, boolean byBlocks, List<Reward> rewards) {
    if (checkpoints.isEmpty()) {
      if (keep != null) {
        throw new InputException(
            Problem.MISSING, "--keep needs --reject-at, the tokens at which to look");
      }
      return Optional.empty();
    }
    if (byBlocks || !(selection instanceof Selection.BestOfN(double n))) {
      throw new InputException(
          Problem.CONFLICT,
          "--reject-at chooses as best-of-n does; leave out the option for another choice");
    }
    var rule = new RejectionRule(checkpoints, keep == null ? USUAL : keep);
    return Optional.of(new PrefixRejection((int) n, rule, rewards));
  }

  /// A policy whose completions pause.
  static PausingPolicy pausing(ReferencePolicy policy) {
    if (policy instanceof PausingPolicy pausing) {
      return pausing;
    }
    throw new InputException(
        Problem.UNSUPPORTED,
        policy.provenance().model() + " cannot pause on its way; leave out --reject-at");
  }
}
