package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptMean;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
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

  private static final Estimator LAW =
      new Estimator("law_on_samples", "law on the recorded samples as an outcome table");

  private final String reward;
  private final int n;
  private final Confidence confidence;
  private final List<OutcomeTable> tables = new ArrayList<>();
  private final List<Long> orders = new ArrayList<>();

  /// A comparison that has seen nothing yet.
  ///
  /// @param reward name of the recorded reward that selects
  /// @param n draws of best-of-n, whose win rate the others are set to; at least 2
  /// @param confidence of the intervals
  /// @throws IllegalArgumentException if `n` is below 2
  public SideBySide(String reward, int n, Confidence confidence) {
    check(n);
    this.reward = reward;
    this.n = n;
    this.confidence = confidence;
  }

  /// Refuses an n at which methods do not differ.
  ///
  /// @param n draws of best-of-n
  /// @throws InputException if it is below 2
  public static void check(int n) {
    if (n < 2) {
      throw new InputException(Problem.OUT_OF_RANGE, "n must be at least 2, was " + n);
    }
  }

  /// A method, set to win as often as best-of-n.
  public sealed interface Tuned {
    /// One of those that plans know.
    ///
    /// @param setting the setting
    record Known(Setting setting) implements Tuned {}

    /// Soft best-of-n.
    ///
    /// @param n draws
    /// @param temperature in units of reward; empty where all rewards are equal and any will do
    record Soft(int n, OptionalDouble temperature) implements Tuned {}
  }

  /// A method and what it costs.
  ///
  /// @param method the method, set
  /// @param winRate mean over prompts
  /// @param meanReward mean reward of what is returned
  /// @param kl mean KL divergence in nats
  /// @param draws mean number of draws
  public record Row(Tuned method, Finding winRate, Finding meanReward, Finding kl, Finding draws) {}

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
    orders.add(prompt.order());
  }

  /// The comparison; asked once all prompts are in.
  ///
  /// @return a row per method, best-of-n first
  /// @throws IllegalStateException if no prompt was added
  public List<Row> rows() {
    if (tables.isEmpty()) {
      throw new IllegalStateException("a comparison needs at least one prompt");
    }
    var best = new Setting.BestOfN(n);
    double wanted = mean(laws(best::at), Law::winRate);
    int cap = Math.max(n + 1, (int) Math.ceil(EarlyStopSetting.SPARE * n));
    return List.of(
        row(best),
        row(tuned(wanted, 1, 0, z -> new Setting.EarlyStop(cap, z))),
        row(tuned(wanted, 1, 0, Setting.RewindAndRepeat::new)),
        row(
            tuned(
                wanted,
                Math.log(1e-3),
                Math.log(100.0 * n),
                t -> new Setting.BestOfPoisson(Math.exp(t)))),
        soft(wanted));
  }

  private Setting tuned(
      double wanted, double weak, double strong, DoubleFunction<Setting> settings) {
    return settings.apply(nearest(wanted, weak, strong, knob -> laws(settings.apply(knob)::at)));
  }

  /// Soft best-of-n of twice the draws: at the same number it would win less at any temperature.
  private Row soft(double wanted) {
    double range = tables.stream().mapToDouble(SideBySide::range).max().orElseThrow();
    if (range == 0) {
      return row(
          new Tuned.Soft(2 * n, OptionalDouble.empty()), laws(table -> new Selection.BestOfN(1)));
    }
    double temperature =
        Math.exp(
            nearest(
                wanted,
                Math.log(10 * range),
                Math.log(1e-3 * range),
                t -> laws(table -> new Selection.SoftBestOfN(2 * n, Math.exp(t)))));
    return row(
        new Tuned.Soft(2 * n, OptionalDouble.of(temperature)),
        laws(table -> new Selection.SoftBestOfN(2 * n, temperature)));
  }

  private static double range(OutcomeTable table) {
    return Arrays.stream(table.rewards()).max().orElseThrow()
        - Arrays.stream(table.rewards()).min().orElseThrow();
  }

  /// The knob nearest to `weak` that wins at least as often as wanted, between one that wins less
  /// and one that wins more; wins never fall on the way.
  private double nearest(double wanted, double weak, double strong, DoubleFunction<List<Law>> at) {
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

  private List<Law> laws(Function<OutcomeTable, Selection> selection) {
    return tables.stream().map(table -> Law.of(selection.apply(table), table)).toList();
  }

  private static double mean(List<Law> laws, ToDoubleFunction<Law> number) {
    return laws.stream().mapToDouble(number).average().orElseThrow();
  }

  private Row row(Setting setting) {
    return row(new Tuned.Known(setting), laws(setting::at));
  }

  private Row row(Tuned method, List<Law> laws) {
    return new Row(
        method,
        finding(Quantity.WIN_RATE, laws, Law::winRate),
        finding(Quantity.REWARD, laws, Law::expectedReward),
        finding(Quantity.KL, laws, Law::kl),
        finding(Quantity.DRAWS, laws, Law::expectedDraws));
  }

  private Finding finding(Quantity quantity, List<Law> laws, ToDoubleFunction<Law> number) {
    var mean = new PromptMean();
    IntStream.range(0, laws.size())
        .forEach(
            i -> mean.add(number.applyAsDouble(laws.get(i)), tables.get(i).size(), orders.get(i)));
    return mean.finding(quantity, LAW, confidence);
  }
}
