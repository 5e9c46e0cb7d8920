package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import topdraw.theory.bound.ExpectedKlBounds;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.KlGapBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.bound.WinnerBounds;
import topdraw.theory.law.OutcomeTable;

/// Bounds and estimators of drift and win rate from n and probabilities.
final class BoundQuantities {
  private static final String TABLE = "n, p|log_p";

  private BoundQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "kl_bound",
            "n, epsilon|log_epsilon",
            "the paper's estimator d_n, eq. (25)",
            in -> ofEpsilon(in, KlBounds::bound, KlBounds::boundFromLog)),
        number(
            "sharp_kl_bound",
            "n, epsilon|log_epsilon",
            "the sharper estimator d*_n",
            in -> ofEpsilon(in, KlBounds::sharpBound, KlBounds::sharpBoundFromLog)),
        number(
            "alternate_kl_bound",
            "n, epsilon|log_epsilon",
            "min(K_n, log 1/epsilon), eq. (23)",
            in -> ofEpsilon(in, KlBounds::alternateBound, KlBounds::alternateBoundFromLog)),
        number(
            "sharp_kl_lower",
            "n, c, epsilon|log_epsilon",
            "its mean is at most KL, rewards all different",
            in ->
                in.eitherOf(
                    "epsilon",
                    e -> WinnerBounds.sharpKlLower(in.number("n"), Math.log(e), in.number("c")),
                    log -> WinnerBounds.sharpKlLower(in.number("n"), log, in.number("c")))),
        number(
            "win_rate_lower_term",
            "n, epsilon",
            "its mean is at most W, rewards all different",
            in -> WinnerBounds.winRateLower(in.number("n"), in.number("epsilon"))),
        number(
            "win_rate_upper_term",
            "n, epsilon",
            "its mean is at least W, rewards all different",
            in -> WinnerBounds.winRateUpper(in.number("n"), in.number("epsilon"))),
        number(
            "kl_gap_lower",
            "n, epsilon|log_epsilon",
            "D_n = K_n - d_n, Theorem 3.6",
            in -> ofEpsilon(in, KlBounds::gap, KlBounds::gapFromLog)),
        number(
            "kl_gap_shape",
            "n, w",
            "h_n = K_n - d*_n",
            in -> KlBounds.gapShape(in.number("n"), in.number("w"))),
        number(
            "kl_gap_shape_upper",
            "n, w",
            "min(K_n, ((n-1) log(1-w))^2/24)",
            in -> KlBounds.gapShapeUpper(in.number("n"), in.number("w"))),
        number(
            "kl_gap_upper",
            TABLE,
            "2n(n-1) exp(-H_2), Theorem 3.4",
            in -> ofTable(in, KlGapBounds::upper)),
        number(
            "kl_gap_upper_delta",
            "n, delta",
            "2n(n-1) delta, Corollary 3.5",
            in -> KlGapBounds.upperFromDelta(in.number("n"), in.number("delta"))),
        number(
            "kl_gap_upper_local",
            TABLE,
            "the sharper closed form T3",
            in -> ofTable(in, KlGapBounds::upperLocal)),
        number(
            "kl_gap_upper_sharp",
            TABLE,
            "mean of kl_gap_shape_upper",
            in -> ofTable(in, KlGapBounds::upperSharp)),
        number(
            "expected_kl_bound",
            TABLE,
            "mean of kl_bound over best-of-n",
            in -> ofTable(in, ExpectedKlBounds::bound)),
        number(
            "expected_sharp_kl_bound",
            TABLE,
            "mean of sharp_kl_bound",
            in -> ofTable(in, ExpectedKlBounds::sharpBound)),
        number(
            "expected_alternate_kl_bound",
            TABLE,
            "mean of alternate_kl_bound",
            in -> ofTable(in, ExpectedKlBounds::alternateBound)),
        number(
            "kl_bound_variance",
            TABLE,
            "variance of kl_bound over one return",
            in -> ofTable(in, ExpectedKlBounds::variance)),
        number(
            "win_rate_gap_lower",
            "n, epsilon|log_epsilon",
            "w_n, Theorem 5.6",
            in -> ofEpsilon(in, WinRateBounds::gapLower, WinRateBounds::gapLowerFromLog)),
        number(
            "win_rate_gap_upper",
            TABLE,
            "(n-1)/2 exp(-H_2), Theorem 5.4",
            in -> ofTable(in, WinRateBounds::gapUpper)),
        number(
            "win_rate_gap_upper_delta",
            "n, delta",
            "(n-1) delta/2, Corollary 5.5",
            in -> WinRateBounds.gapUpperFromDelta(in.number("n"), in.number("delta"))),
        number(
            "win_rate_gap_upper_local",
            TABLE,
            "the sharper closed form T4",
            in -> ofTable(in, WinRateBounds::gapUpperLocal)));
  }

  private static double ofEpsilon(
      Inputs in,
      ToDoubleBiFunction<Double, Double> plain,
      ToDoubleBiFunction<Double, Double> ofLog) {
    double n = in.number("n");
    return in.eitherOf("epsilon", e -> plain.applyAsDouble(n, e), e -> ofLog.applyAsDouble(n, e));
  }

  private static double ofTable(Inputs in, ToDoubleBiFunction<Double, OutcomeTable> bound) {
    return bound.applyAsDouble(in.number("n"), in.table());
  }
}
