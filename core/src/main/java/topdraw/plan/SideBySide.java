package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.draw.PromptDraws;
import topdraw.estimate.Digits;
import topdraw.estimate.PromptMean;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Every method set to win as often as best-of-n does, on recorded samples: what each then costs in
/// drift and draws, and what reward it brings.
///
/// The recorded samples of a prompt are taken as its outcome table, all of one weight, and each
/// method's exact law on it is worked out. Of the model itself the numbers are therefore estimates,
/// whose drift is too low by a share of the order of n over the samples.
public final class SideBySide {
  /// Soft best-of-n costs an integral per pair of samples; more are not looked at.
  public static final int MOST_SAMPLES = 256;

  /// How many samples each draw needs to be told from the pool's own grain.
  public static final int SAMPLES_PER_DRAW = 4;

  private static final int HALVINGS = 30;

  /// Win rates this near are equal for whoever reads them.
  private static final double NEAR = 1e-6;

  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Interval POSITIVE = new Interval(0, Double.POSITIVE_INFINITY);
  private static final Interval UNIT = new Interval(0, 1);

  private final String reward;
  private final int n;
  private final List<OutcomeTable> tables = new ArrayList<>();

  /// A comparison that has seen nothing yet.
  ///
  /// @param reward name of the recorded reward that selects
  /// @param n draws of best-of-n, whose win rate the others are set to; at least 2
  /// @throws InputException if `n` is below 2
  public SideBySide(String reward, int n) {
    if (n < 2) {
      throw new InputException(Problem.OUT_OF_RANGE, "n must be at least 2, was " + n);
    }
    this.reward = reward;
    this.n = n;
  }

  /// A method, set.
  ///
  /// @param method its name
  /// @param setting its setting in words
  /// @param winRate mean over prompts
  /// @param meanReward mean reward of what is returned
  /// @param kl mean KL divergence in nats
  /// @param draws mean number of draws
  public record Row(
      String method,
      String setting,
      Finding winRate,
      Finding meanReward,
      Finding kl,
      Finding draws) {}

  /// Adds the samples of one prompt.
  ///
  /// @param prompt its samples
  /// @throws InputException if they are fewer than `n` needs, or one has no score
  public void add(PromptDraws prompt) {
    double[] rewards = Arrays.stream(prompt.ranks(reward)).limit(MOST_SAMPLES).toArray();
    if (rewards.length < SAMPLES_PER_DRAW * n) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "%s: prompt '%s' has %d samples, and best-of-%d is compared on at least %d of each prompt; record more, or lower -n"
              .formatted(
                  prompt.draws().getFirst().place(),
                  prompt.key(),
                  rewards.length,
                  n,
                  SAMPLES_PER_DRAW * n));
    }
    if (!Arrays.stream(rewards).allMatch(Double::isFinite)) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "prompt '%s' has samples without the reward %s; methods are compared where all have it"
              .formatted(prompt.key(), reward));
    }
    tables.add(OutcomeTable.of(new double[rewards.length], rewards));
  }

  /// The comparison; asked once all prompts are in.
  ///
  /// @return a row per method, best-of-n first
  /// @throws IllegalStateException if no prompt was added
  public List<Row> rows() {
    if (tables.isEmpty()) {
      throw new IllegalStateException("a comparison needs at least one prompt");
    }
    List<Law> best = laws(table -> new Selection.BestOfN(n));
    double wanted = mean(best, Law::winRate);
    int cap = Math.max(n + 1, (int) Math.ceil(EarlyStopFamily.SPARE * n));
    List<Row> rows = new ArrayList<>();
    rows.add(row("best-of-n", "best of " + n, best));
    double early = tuned(wanted, 1, 0, z -> laws(t -> new Selection.EarlyStop(cap, top(t, z))));
    rows.add(
        row(
            "early-stop",
            new Setting.EarlyStop(cap, early).words(),
            laws(t -> new Selection.EarlyStop(cap, top(t, early)))));
    double rewind = tuned(wanted, 1, 0, z -> laws(t -> new Selection.RewindAndRepeat(top(t, z))));
    rows.add(
        row(
            "rewind-and-repeat",
            new Setting.RewindAndRepeat(rewind).words(),
            laws(t -> new Selection.RewindAndRepeat(top(t, rewind)))));
    double mu =
        Math.exp(
            tuned(
                wanted,
                Math.log(1e-3),
                Math.log(100.0 * n),
                t -> laws(_ -> new Selection.BestOfPoisson(Math.exp(t)))));
    rows.add(
        row(
            "best-of-poisson",
            new Setting.BestOfPoisson(mu).words(),
            laws(_ -> new Selection.BestOfPoisson(mu))));
    rows.add(soft(wanted));
    return rows;
  }

  /// Soft best-of-n of twice the draws: at the same number it would win less at any temperature.
  private Row soft(double wanted) {
    double range = tables.stream().mapToDouble(SideBySide::range).max().orElseThrow();
    if (range == 0) {
      return row("soft best-of-n", "all rewards are equal", laws(_ -> new Selection.BestOfN(1)));
    }
    double temperature =
        Math.exp(
            tuned(
                wanted,
                Math.log(10 * range),
                Math.log(1e-3 * range),
                t -> laws(_ -> new Selection.SoftBestOfN(2 * n, Math.exp(t)))));
    return row(
        "soft best-of-n",
        "one of %d at temperature %s".formatted(2 * n, Digits.near(temperature)),
        laws(_ -> new Selection.SoftBestOfN(2 * n, temperature)));
  }

  private static double range(OutcomeTable table) {
    return Arrays.stream(table.rewards()).max().orElseThrow()
        - Arrays.stream(table.rewards()).min().orElseThrow();
  }

  /// The setting nearest to `weak` that wins at least as often as wanted, between one that wins
  /// less and one that wins more; wins never fall on the way.
  private double tuned(double wanted, double weak, double strong, DoubleFunction<List<Law>> at) {
    double below = weak;
    double reached = strong;
    double excess = 1;
    for (int i = 0; i < HALVINGS && excess > NEAR; i++) {
      double middle = (below + reached) / 2;
      double won = mean(at.apply(middle), Law::winRate) - wanted;
      if (won >= 0) {
        reached = middle;
        excess = won;
      } else {
        below = middle;
      }
    }
    return reached;
  }

  /// The reward that at least this share of a table's outcomes reach, as little above it as ties
  /// allow.
  private static double top(OutcomeTable table, double share) {
    double[] rewards = table.rewards();
    Arrays.sort(rewards);
    int passing = Math.clamp((int) Math.ceil(share * rewards.length), 1, rewards.length);
    return rewards[rewards.length - passing];
  }

  private List<Law> laws(Function<OutcomeTable, Selection> selection) {
    return tables.stream().map(table -> Law.of(selection.apply(table), table)).toList();
  }

  private static double mean(List<Law> laws, ToDoubleFunction<Law> number) {
    return laws.stream().mapToDouble(number).average().orElseThrow();
  }

  private Row row(String method, String setting, List<Law> laws) {
    return new Row(
        method,
        setting,
        finding("win_rate", "probability", UNIT, laws, Law::winRate),
        finding("reward", "reward", ANY, laws, Law::expectedReward),
        finding("kl", "nats", POSITIVE, laws, Law::kl),
        finding("draws", "draws", POSITIVE, laws, Law::expectedDraws));
  }

  private Finding finding(
      String quantity, String unit, Interval range, List<Law> laws, ToDoubleFunction<Law> number) {
    var mean = new PromptMean();
    IntStream.range(0, laws.size())
        .forEach(i -> mean.add(number.applyAsDouble(laws.get(i)), tables.get(i).size()));
    return mean.finding(
        quantity, Role.VALUE, unit, range, "law on the recorded samples as an outcome table");
  }
}
