package topdraw.theory.quantity;

import static topdraw.theory.quantity.NamedQuantity.number;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import topdraw.theory.pool.PassAtK;
import topdraw.theory.pool.Pool;

/// Estimates for every n from one pool of draws.
final class PoolQuantities {
  private static final String POOL = "outcomes, rewards, log_p, n";

  private PoolQuantities() {}

  static List<NamedQuantity> all() {
    return List.of(
        number(
            "pool_reward",
            "values, n",
            "mean reward of best-of-n from a pool of draws",
            in -> Pool.ofRewards(in.numbers("values")).reward(in.index("n"))),
        number(
            "pass_at_k",
            "samples, correct, k",
            "chance of a correct one among k draws",
            in -> PassAtK.of(in.index("samples"), in.index("correct"), in.index("k"))),
        number(
            "pool_gold_reward",
            "proxy, gold, n",
            "mean gold reward, selected by proxy",
            in -> Pool.ofRewards(in.numbers("proxy")).mean(in.numbers("gold"), in.index("n"))),
        number(
            "pool_win_rate",
            "rewards, n",
            "win rate of best-of-n from a pool",
            in -> Pool.ofRewards(in.numbers("rewards")).winRate(in.index("n"))),
        number("pool_kl_bound", POOL, "pooled kl_bound", in -> ofPool(in, Pool::klBound)),
        number(
            "pool_sharp_kl_bound",
            POOL,
            "pooled sharp_kl_bound",
            in -> ofPool(in, Pool::sharpKlBound)),
        number(
            "pool_kl_upper",
            POOL,
            "closest estimate of an upper bound on KL",
            in -> ofPool(in, Pool::klUpper)),
        number("pool_kl", POOL, "estimate of KL", in -> ofPool(in, Pool::kl)),
        number(
            "seen_mass_kl_bound",
            POOL,
            "upper bound on KL that holds for this very pool",
            in -> ofPool(in, Pool::seenMassKlBound)));
  }

  private static double ofPool(Inputs in, ToDoubleBiFunction<Pool, Integer> estimator) {
    var pool = Pool.of(in.identities("outcomes"), in.numbers("rewards"), in.numbers("log_p"));
    return estimator.applyAsDouble(pool, in.index("n"));
  }
}
