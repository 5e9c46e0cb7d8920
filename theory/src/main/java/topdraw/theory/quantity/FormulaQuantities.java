package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;
import topdraw.theory.numeric.LogSpace;
import topdraw.theory.pool.TiltedMean;

/// Closed formulas in a number or two, and plain statistics.
final class FormulaQuantities {
  private FormulaQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "analytical_kl",
            "n",
            "K_n = log n - (n-1)/n, bounds KL for every policy",
            in -> KlBounds.analytical(in.number("n"))),
        number(
            "binary_entropy",
            "q",
            "-q log q - (1-q) log(1-q)",
            in -> LogSpace.binaryEntropy(in.number("q"))),
        number(
            "fair_coin_kl",
            "n",
            "KL of best-of-n of a fair coin",
            in -> fairCoin(in.number("n")).kl()),
        number(
            "win_rate_bound",
            "n",
            "n/(n+1), bounds the win rate for every policy",
            in -> WinRateBounds.analytical(in.number("n"))),
        number(
            "tilted_mean",
            "values, t",
            "(1/t) log mean(exp(t x))",
            in -> TiltedMean.of(in.numbers("values"), in.number("t"))));
  }

  private static Law fairCoin(double n) {
    return Law.of(new Selection.BestOfN(n), OutcomeTable.ofProbabilities(0.5, 0.5));
  }
}
