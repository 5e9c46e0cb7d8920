package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.selection.RejectionRule;

/// What methods give and cost on recorded draws, against every order in which these can come.
class SpendingTest {
  private static final int DRAWS = 6;

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  /// Draws with ties on every second seed, 0 and 1 on every fourth.
  private static ScoredBeginnings prompt(long seed) {
    var random = new SplittableRandom(seed);
    double[] rewards = new double[DRAWS];
    int[] lengths = new int[DRAWS];
    var beginnings = new TreeMap<Integer, double[]>();
    beginnings.put(3, new double[DRAWS]);
    beginnings.put(5, new double[DRAWS]);
    for (int i = 0; i < DRAWS; i++) {
      rewards[i] =
          seed % 4 == 0
              ? random.nextInt(2)
              : seed % 2 == 0 ? random.nextInt(3) : random.nextDouble();
      lengths[i] = 2 + random.nextInt(8);
      for (var checkpoint : beginnings.entrySet()) {
        checkpoint.getValue()[i] =
            lengths[i] <= checkpoint.getKey() ? rewards[i] : random.nextInt(3);
      }
    }
    return new ScoredBeginnings(rewards, lengths, beginnings);
  }

  private static boolean passFail(long seed) {
    return seed % 4 == 0;
  }

  private static void orders(int[] order, int from, Consumer<int[]> each) {
    if (from == order.length) {
      each.accept(order);
      return;
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      orders(order, from + 1, each);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int i, int j) {
    int was = order[i];
    order[i] = order[j];
    order[j] = was;
  }

  /// One order: what is returned, how many draws were made, how many tokens.
  private record Run(int returned, int draws, long tokens) {}

  @FunctionalInterface
  private interface Procedure {
    Run run(int[] order);
  }

  /// The means over all orders; wins are against the draw at the place of an opponent.
  private static Spending enumerated(
      ScoredBeginnings prompt, boolean passFail, int opponent, Procedure procedure) {
    double[] sums = new double[4];
    orders(
        IntStream.range(0, prompt.size()).toArray(),
        0,
        order -> {
          Run run = procedure.run(order);
          double reward = prompt.rewards()[run.returned()];
          sums[0] +=
              passFail ? reward : (1 + Math.signum(reward - prompt.rewards()[order[opponent]])) / 2;
          sums[1] += run.draws();
          sums[2] += run.tokens();
          sums[3]++;
        });
    return new Spending(sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]);
  }

  private static Procedure untilReached(ScoredBeginnings prompt, double threshold, int cap) {
    return order -> {
      int best = order[0];
      long tokens = 0;
      for (int k = 0; k < cap; k++) {
        int draw = order[k];
        tokens += prompt.lengths()[draw];
        if (prompt.rewards()[draw] >= threshold) {
          return new Run(draw, k + 1, tokens);
        }
        best = prompt.rewards()[draw] > prompt.rewards()[best] ? draw : best;
      }
      return new Run(best, cap, tokens);
    };
  }

  private static void assertSame(Spending found, Spending expected) {
    assertThat(found.rate()).isCloseTo(expected.rate(), within(1e-12));
    assertThat(found.draws()).isCloseTo(expected.draws(), within(1e-12));
    assertThat(found.tokens()).isCloseTo(expected.tokens(), within(1e-10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bestOfNIsTheMeanOverEveryOrder(long seed) {
    ScoredBeginnings prompt = prompt(seed);
    for (int n = 1; n < DRAWS; n++) {
      assertSame(
          Spending.plain(prompt, passFail(seed), n),
          enumerated(prompt, passFail(seed), n, untilReached(prompt, Double.POSITIVE_INFINITY, n)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void earlyStopIsTheMeanOverEveryOrder(long seed) {
    ScoredBeginnings prompt = prompt(seed);
    double[] thresholds = passFail(seed) ? new double[] {1} : prompt.rewards();
    for (double threshold : thresholds) {
      for (int cap = 1; cap < DRAWS; cap++) {
        assertSame(
            Spending.earlyStop(prompt, passFail(seed), threshold, cap),
            enumerated(prompt, passFail(seed), cap, untilReached(prompt, threshold, cap)));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rejectionTendsToTheMeanOverEveryOrder(long seed) {
    ScoredBeginnings prompt = prompt(seed);
    var rule = new RejectionRule(List.of(3, 5), 0.5);
    int n = 4;
    Spending exact =
        enumerated(
            prompt,
            passFail(seed),
            n,
            order -> {
              ScoredBeginnings.Kept kept = prompt.kept(Arrays.copyOf(order, n), rule);
              return new Run(kept.draw(), n, kept.tokens());
            });
    int replays = 40_000;
    Spending found =
        Spending.rejection(prompt, passFail(seed), n, rule, replays, new SplittableRandom(seed));
    assertThat(found.rate()).isCloseTo(exact.rate(), within(4.5 * 0.5 / Math.sqrt(replays)));
    double spread = 4.0 * 10 / 2; // four lengths from 2 to 9
    assertThat(found.tokens()).isCloseTo(exact.tokens(), within(4.5 * spread / Math.sqrt(replays)));
    assertThat(found.tokens()).isLessThan(Spending.plain(prompt, passFail(seed), n).tokens());
  }

  private static ScoredBeginnings constant(double reward, int draws) {
    double[] rewards = new double[draws];
    Arrays.fill(rewards, reward);
    int[] lengths = new int[draws];
    Arrays.fill(lengths, 7);
    return new ScoredBeginnings(rewards, lengths, new TreeMap<>());
  }

  /// Where a prompt passes at once nothing more is spent on it, and never more than three quarters
  /// of what is recorded where it never does.
  @Test
  void aBudgetGoesWhereItHelps() {
    List<ScoredBeginnings> prompts = new ArrayList<>();
    for (int j = 0; j < 4; j++) prompts.add(constant(1, 16));
    for (int j = 0; j < 4; j++) prompts.add(constant(0, 16));
    List<Spending> spent = Spending.budget(prompts, true, 6, 3, new SplittableRandom(1));
    for (int j = 0; j < 4; j++) {
      assertThat(spent.get(j)).isEqualTo(new Spending(1, 3, 21));
      assertThat(spent.get(4 + j)).isEqualTo(new Spending(0, 9, 63));
    }
    assertThat(Spending.budget(prompts, true, 12, 1, new SplittableRandom(1)))
        .allMatch(one -> one.draws() <= Spending.mostOfBudget(16));
    // Equal rewards win half the time, whatever is drawn.
    assertThat(Spending.budget(prompts, false, 6, 2, new SplittableRandom(1)))
        .allMatch(one -> one.rate() == 0.5);
  }
}
