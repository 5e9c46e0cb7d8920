package topdraw.theory.bound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.law.TokenTree;
import topdraw.theory.numeric.Checks;
import topdraw.theory.numeric.LogSpace;

/// The exact law of blockwise best-of-n on a [TokenTree]: from each prefix the best of `n`
/// continuations by `block` tokens, again and again until the end. Source: the paper, Appendix B,
/// eq. (124).
///
/// @param logProbabilities log-probabilities in nats by text
/// @param kl `KL(π ‖ p)` between the laws of texts, in nats: *exact*
/// @param blocksBound `E[⌈T/M⌉] K_n`, an upper bound on it (*theorem*): Theorem B.1, eq. (125)
/// @param sharpBound `E[Σ_b d*_n(p(y_b | prefix))]`, an upper bound on it (*theorem*), never above
///   `blocksBound`
public record BlockwiseLaw(
    Map<List<Integer>, Double> logProbabilities, double kl, double blocksBound, double sharpBound) {

  /// Copies the law.
  public BlockwiseLaw {
    logProbabilities = Map.copyOf(logProbabilities);
  }

  /// Writes out every text.
  ///
  /// @param tree the reference policy
  /// @param n continuations drawn per block, above 0
  /// @param block tokens per block, at least 1
  /// @param reward of a prefix or a whole text; of equals the first drawn wins
  /// @return the law
  /// @throws IllegalArgumentException if `n` or `block` is out of range
  public static BlockwiseLaw of(
      TokenTree tree, double n, int block, ToDoubleFunction<List<Integer>> reward) {
    Checks.atLeastOne(block, "block");
    var walk = new Walk(tree, new Selection.BestOfN(n), block, reward, new LinkedHashMap<>());
    walk.from(List.of(), 0, 0, List.of());
    double kl = 0;
    double blocks = 0;
    double sharp = 0;
    for (Path path : walk.paths().values()) {
      double chosen = Math.exp(path.logChosen());
      kl += LogSpace.klTerm(path.logP(), Math.exp(path.logP()), path.logChosen() - path.logP());
      blocks += chosen * path.blockLogP().size();
      double[] logP = path.blockLogP().stream().mapToDouble(log -> Math.min(0, log)).toArray();
      sharp += chosen * BlockwiseEstimate.kl(n, logP);
    }
    Map<List<Integer>, Double> law = new LinkedHashMap<>();
    walk.paths().forEach((text, path) -> law.put(text, path.logChosen()));
    return new BlockwiseLaw(law, kl, blocks * KlBounds.analytical(n), sharp);
  }

  /// How a text is written: its log-probability under both policies, and that of each block given
  /// what precedes it.
  private record Path(double logChosen, double logP, List<Double> blockLogP) {}

  private record Walk(
      TokenTree tree,
      Selection selection,
      int block,
      ToDoubleFunction<List<Integer>> reward,
      Map<List<Integer>, Path> paths) {

    void from(List<Integer> prefix, double logChosen, double logP, List<Double> blockLogP) {
      if (!prefix.isEmpty() && prefix.getLast() == TokenTree.END) {
        paths.put(prefix, new Path(logChosen, logP, blockLogP));
        return;
      }
      Map<List<Integer>, Double> continuations = tree.continuations(prefix, block);
      List<List<Integer>> extended =
          continuations.keySet().stream().map(more -> TokenTree.with(prefix, more)).toList();
      double[] log = continuations.values().stream().mapToDouble(l -> l).toArray();
      double[] rewards = extended.stream().mapToDouble(reward).toArray();
      double[] chosen = Law.of(selection, OutcomeTable.of(log, rewards)).logProbabilities();
      for (int i = 0; i < log.length; i++) {
        List<Double> blocks = new ArrayList<>(blockLogP);
        blocks.add(log[i]);
        from(extended.get(i), logChosen + chosen[i], logP + log[i], List.copyOf(blocks));
      }
    }
  }
}
