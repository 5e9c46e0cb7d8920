package topdraw.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import topdraw.theory.EarlyStopping;
import topdraw.theory.ExpectedKlBounds;
import topdraw.theory.KlBounds;
import topdraw.theory.KlGapBounds;
import topdraw.theory.Law;
import topdraw.theory.LogSpace;
import topdraw.theory.OutcomeTable;
import topdraw.theory.Pool;
import topdraw.theory.Rewind;
import topdraw.theory.Selection;
import topdraw.theory.TiltedMean;
import topdraw.theory.WinRateBounds;

/// Every quantity that `topdraw compute` knows: its name, its inputs, what it is and how it is
/// computed.
final class Quantities {
  private static final String TABLE = "n, p|log_p";
  private static final String TIED = "n, p|log_p, rewards";
  private static final String STOPPED = "n, p|log_p, threshold_index";
  private static final String POOL = "outcomes, rewards, log_p, n";

  private final Map<String, Quantity> byName = new LinkedHashMap<>();

  Quantities() {
    formulas();
    laws();
    bounds();
    rewind();
    earlyStop();
    pools();
  }

  /// One quantity. Inputs are names with commas between; `a|b` takes one of the two.
  record Quantity(
      String name,
      String inputs,
      String meaning,
      Function<Inputs, double[]> compute,
      boolean list) {

    List<String> inputNames() {
      return List.of(inputs.split("[,|] *"));
    }

    double[] of(Inputs given) {
      given.onlyHas(inputNames());
      return compute.apply(given);
    }
  }

  private void formulas() {
    number(
        "analytical_kl",
        "n",
        "K_n = log n - (n-1)/n, bounds KL for every policy",
        in -> KlBounds.analytical(in.number("n")));
    number(
        "binary_entropy",
        "q",
        "-q log q - (1-q) log(1-q)",
        in -> LogSpace.binaryEntropy(in.number("q")));
    number(
        "fair_coin_kl",
        "n",
        "KL of best-of-n of a fair coin",
        in -> bestOfN(in, OutcomeTable.ofProbabilities(0.5, 0.5)).kl());
    number(
        "win_rate_bound",
        "n",
        "n/(n+1), bounds the win rate for every policy",
        in -> WinRateBounds.analytical(in.number("n")));
    number(
        "tilted_mean",
        "values, t",
        "(1/t) log mean(exp(t x))",
        in -> TiltedMean.of(in.numbers("values"), in.number("t")));
  }

  private void laws() {
    list(
        "calibrated_reward",
        "p|log_p",
        "chance of each outcome to win against a draw",
        in -> in.table().calibratedRewards());
    number("renyi_entropy", "p|log_p", "H_2 = -log sum of p^2", in -> in.table().renyiEntropy());
    list(
        "best_of_n_pmf",
        TABLE,
        "law of the returned outcome",
        in -> bestOfN(in, in.table()).probabilities());
    list(
        "best_of_n_log_pmf",
        TABLE,
        "its logarithm",
        in -> bestOfN(in, in.table()).logProbabilities());
    number(
        "best_of_n_kl", TABLE, "exact KL from the reference", in -> bestOfN(in, in.table()).kl());
    number(
        "best_of_n_win_rate",
        TABLE,
        "exact win rate against the reference",
        in -> bestOfN(in, in.table()).winRate());
    number(
        "best_of_n_expected_reward",
        TIED,
        "mean reward of the returned outcome",
        in -> bestOfN(in, in.rewardedTable()).expectedReward());
    list(
        "tied_best_of_n_pmf",
        TIED,
        "the law when rewards may be equal, any order",
        in -> bestOfN(in, in.rewardedTable()).probabilities());
    number("tied_best_of_n_kl", TIED, "its exact KL", in -> bestOfN(in, in.rewardedTable()).kl());
    number(
        "tied_best_of_n_win_rate",
        TIED,
        "its exact win rate, ties half",
        in -> bestOfN(in, in.rewardedTable()).winRate());
    number(
        "kl_gap",
        TABLE,
        "K_n - KL, summed without cancellation",
        in -> bestOfN(in, in.table()).klGap());
    number(
        "win_rate_gap",
        TABLE,
        "n/(n+1) - W, summed without cancellation",
        in -> bestOfN(in, in.table()).winRateGap());
  }

  private void bounds() {
    number(
        "kl_bound",
        "n, epsilon|log_epsilon",
        "the paper's estimator d_n, eq. (25)",
        in -> ofEpsilon(in, KlBounds::bound, KlBounds::boundFromLog));
    number(
        "sharp_kl_bound",
        "n, epsilon|log_epsilon",
        "the sharper estimator d*_n",
        in -> ofEpsilon(in, KlBounds::sharpBound, KlBounds::sharpBoundFromLog));
    number(
        "alternate_kl_bound",
        "n, epsilon|log_epsilon",
        "min(K_n, log 1/epsilon), eq. (23)",
        in -> ofEpsilon(in, KlBounds::alternateBound, KlBounds::alternateBoundFromLog));
    number(
        "kl_gap_lower",
        "n, epsilon",
        "D_n = K_n - d_n, Theorem 3.6",
        in -> KlBounds.gap(in.number("n"), in.number("epsilon")));
    number(
        "kl_gap_shape",
        "n, w",
        "h_n = K_n - d*_n",
        in -> KlBounds.gapShape(in.number("n"), in.number("w")));
    number(
        "kl_gap_shape_upper",
        "n, w",
        "min(K_n, ((n-1) log(1-w))^2/24)",
        in -> KlBounds.gapShapeUpper(in.number("n"), in.number("w")));
    number(
        "kl_gap_upper",
        TABLE,
        "2n(n-1) exp(-H_2), Theorem 3.4",
        in -> ofTable(in, KlGapBounds::upper));
    number(
        "kl_gap_upper_delta",
        "n, delta",
        "2n(n-1) delta, Corollary 3.5",
        in -> KlGapBounds.upperFromDelta(in.number("n"), in.number("delta")));
    number(
        "kl_gap_upper_local",
        TABLE,
        "the sharper closed form T3",
        in -> ofTable(in, KlGapBounds::upperLocal));
    number(
        "kl_gap_upper_sharp",
        TABLE,
        "mean of kl_gap_shape_upper",
        in -> ofTable(in, KlGapBounds::upperSharp));
    number(
        "expected_kl_bound",
        TABLE,
        "mean of kl_bound over best-of-n",
        in -> ofTable(in, ExpectedKlBounds::bound));
    number(
        "expected_sharp_kl_bound",
        TABLE,
        "mean of sharp_kl_bound",
        in -> ofTable(in, ExpectedKlBounds::sharpBound));
    number(
        "expected_alternate_kl_bound",
        TABLE,
        "mean of alternate_kl_bound",
        in -> ofTable(in, ExpectedKlBounds::alternateBound));
    number(
        "kl_bound_variance",
        TABLE,
        "variance of kl_bound over one return",
        in -> ofTable(in, ExpectedKlBounds::variance));
    number(
        "win_rate_gap_lower",
        "n, epsilon",
        "w_n, Theorem 5.6",
        in -> WinRateBounds.gapLower(in.number("n"), in.number("epsilon")));
    number(
        "win_rate_gap_upper",
        TABLE,
        "(n-1)/2 exp(-H_2), Theorem 5.4",
        in -> ofTable(in, WinRateBounds::gapUpper));
    number(
        "win_rate_gap_upper_delta",
        "n, delta",
        "(n-1) delta/2, Corollary 5.5",
        in -> WinRateBounds.gapUpperFromDelta(in.number("n"), in.number("delta")));
    number(
        "win_rate_gap_upper_local",
        TABLE,
        "the sharper closed form T4",
        in -> ofTable(in, WinRateBounds::gapUpperLocal));
  }

  private void rewind() {
    number(
        "rewind_pass_rate",
        "p|log_p, threshold_index",
        "z, chance of an outcome from that index on",
        in -> in.table().passRate(in.index("threshold_index")));
    list(
        "rewind_pmf",
        "p|log_p, threshold_index",
        "law of the accepted outcome",
        in -> rewind(in).probabilities());
    number(
        "rewind_kl", "z|log_z", "log(1/z)", in -> in.eitherOf("z", Rewind::kl, Rewind::klFromLog));
    number(
        "rewind_win_rate",
        "z|log_z",
        "1 - z/2",
        in -> in.eitherOf("z", Rewind::winRate, Rewind::winRateFromLog));
    number(
        "rewind_expected_trials",
        "z|log_z",
        "1/z",
        in -> in.eitherOf("z", Rewind::expectedDraws, Rewind::expectedDrawsFromLog));
    number(
        "rewind_kl_estimate",
        "trials",
        "H_{m-1}, unbiased for KL",
        in -> Rewind.klEstimate(in.whole("trials")));
    number(
        "rewind_kl_estimate_pooled",
        "trials, accepted",
        "H_{T-1} - H_{k-1} of k runs, T draws",
        in -> Rewind.klEstimatePooled(in.whole("trials"), in.whole("accepted")));
    number(
        "rewind_kl_estimate_variance",
        "z",
        "Li_2(1-z)",
        in -> Rewind.klEstimateVariance(in.number("z")));
  }

  private void earlyStop() {
    number(
        "early_stop_kl_continuous",
        "n, z",
        "KL when rewards are continuous",
        in -> EarlyStopping.klContinuous(in.number("n"), in.number("z")));
    number(
        "early_stop_win_rate_continuous",
        "n, z",
        "win rate when rewards are continuous",
        in -> EarlyStopping.winRateContinuous(in.number("n"), in.number("z")));
    number(
        "early_stop_expected_draws",
        "n, z",
        "(1 - (1-z)^n)/z",
        in -> EarlyStopping.expectedDraws(in.number("n"), in.number("z")));
    list(
        "early_stop_pmf",
        STOPPED,
        "law of the returned outcome",
        in -> earlyStop(in).probabilities());
    number("early_stop_kl", STOPPED, "its exact KL", in -> earlyStop(in).kl());
    number("early_stop_win_rate", STOPPED, "its exact win rate", in -> earlyStop(in).winRate());
    number(
        "early_stop_kl_estimate",
        "n, draws, stopped, log_p",
        "estimate of an upper bound on KL, one run",
        in ->
            EarlyStopping.klEstimate(
                in.whole("n"), in.whole("draws"), in.flag("stopped"), in.number("log_p")));
    number(
        "early_stop_pass_rate",
        "n, win_rate",
        "z at which early stop has that win rate",
        in -> EarlyStopping.passRate(in.number("n"), in.number("win_rate")));
  }

  private void pools() {
    number(
        "pool_reward",
        "values, n",
        "mean reward of best-of-n from a pool of draws",
        in -> Pool.ofRewards(in.numbers("values")).reward(in.index("n")));
    number(
        "pool_gold_reward",
        "proxy, gold, n",
        "mean gold reward, selected by proxy",
        in -> Pool.ofRewards(in.numbers("proxy")).mean(in.numbers("gold"), in.index("n")));
    number(
        "pool_win_rate",
        "rewards, n",
        "win rate of best-of-n from a pool",
        in -> Pool.ofRewards(in.numbers("rewards")).winRate(in.index("n")));
    number("pool_kl_bound", POOL, "pooled kl_bound", in -> ofPool(in, Pool::klBound));
    number(
        "pool_sharp_kl_bound", POOL, "pooled sharp_kl_bound", in -> ofPool(in, Pool::sharpKlBound));
    number(
        "pool_kl_upper",
        POOL,
        "closest estimate of an upper bound on KL",
        in -> ofPool(in, Pool::klUpper));
    number("pool_kl", POOL, "estimate of KL", in -> ofPool(in, Pool::kl));
    number(
        "seen_mass_kl_bound",
        POOL,
        "upper bound on KL that holds for this very pool",
        in -> ofPool(in, Pool::seenMassKlBound));
  }

  private static Law bestOfN(Inputs in, OutcomeTable table) {
    return Law.of(new Selection.BestOfN(in.number("n")), table);
  }

  private static Law rewind(Inputs in) {
    return Law.of(new Selection.RewindAndRepeat(in.index("threshold_index")), in.table());
  }

  private static Law earlyStop(Inputs in) {
    var selection = new Selection.EarlyStop(in.number("n"), in.index("threshold_index"));
    return Law.of(selection, in.table());
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

  private static double ofPool(Inputs in, ToDoubleBiFunction<Pool, Integer> estimator) {
    var pool = Pool.of(in.identities("outcomes"), in.numbers("rewards"), in.numbers("log_p"));
    return estimator.applyAsDouble(pool, in.index("n"));
  }

  private void number(
      String name, String inputs, String meaning, ToDoubleFunction<Inputs> compute) {
    Function<Inputs, double[]> asList = in -> new double[] {compute.applyAsDouble(in)};
    byName.put(name, new Quantity(name, inputs, meaning, asList, false));
  }

  private void list(
      String name, String inputs, String meaning, Function<Inputs, double[]> compute) {
    byName.put(name, new Quantity(name, inputs, meaning, compute, true));
  }

  List<Quantity> all() {
    return new ArrayList<>(byName.values());
  }

  boolean knows(String name) {
    return byName.containsKey(name);
  }

  Quantity named(String name) {
    Quantity quantity = byName.get(name);
    if (quantity == null) {
      throw new IllegalArgumentException(
          "unknown quantity \""
              + name
              + "\"; near it: "
              + String.join(", ", Spelling.near(name, byName.keySet()))
              + "; topdraw compute --list shows all");
    }
    return quantity;
  }
}
