package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Acceptance;

/// Rules of spending draws, replayed.
class BudgetTest {
  private static void forEachOrder(double[] rewards, int from, Consumer<double[]> each) {
    if (from == rewards.length) {
      each.accept(rewards);
      return;
    }
    for (int i = from; i < rewards.length; i++) {
      swap(rewards, from, i);
      forEachOrder(rewards, from + 1, each);
      swap(rewards, from, i);
    }
  }

  private static void swap(double[] values, int i, int j) {
    double other = values[i];
    values[i] = values[j];
    values[j] = other;
  }

  /// The mean over every order of six draws is what early stop draws, as estimated from the pool.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6})
  void theReplayIsEarlyStop(int cap) {
    double[] rewards = {0, 3, 1, 0, 2, 5};
    var sum = new double[2];
    var orders = new int[1];
    forEachOrder(
        rewards,
        0,
        order -> {
          Replay replay = new Replay(Drawn.rewards(order.clone())).until(2, cap);
          sum[0] += replay.made();
          sum[1] += replay.best() >= 2 ? 1 : 0;
          orders[0]++;
        });
    assertThat(orders[0]).isEqualTo(720);
    assertThat(sum[0] / orders[0])
        .isCloseTo(new Acceptance(6, 3).earlyStopDraws(cap), within(1e-12));
    double none = 1;
    for (int i = 0; i < cap; i++) {
      none *= Math.max(0, 3.0 - i) / (6 - i);
    }
    assertThat(sum[1] / orders[0]).isCloseTo(1 - none, within(1e-12));
  }

  /// What comes after the last draw made changes nothing before it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingIsKnownOfDrawsThatWereNotMade(long seed) {
    var random = Drawn.random(seed);
    List<Scored> others =
        IntStream.range(0, 10).mapToObj(_ -> Drawn.rewards(random.doubles(16).toArray())).toList();
    List<Scored> prompts =
        IntStream.range(0, 10).mapToObj(_ -> Drawn.rewards(random.doubles(16).toArray())).toList();
    var spending = new Spending(others, false);
    Spending.Stop stop = spending.stop(4);
    List<Replay> together = spending.inTwoStages(prompts, 4);
    List<Scored> otherwise = new ArrayList<>();
    for (int j = 0; j < prompts.size(); j++) {
      double[] rewards = prompts.get(j).rewards().clone();
      int made =
          Math.max(
              together.get(j).made(),
              new Replay(prompts.get(j)).until(stop.threshold(), stop.cap()).made());
      for (int i = made; i < rewards.length; i++) {
        rewards[i] = 100 * random.nextDouble();
      }
      otherwise.add(Drawn.rewards(rewards));
    }
    List<Replay> again = spending.inTwoStages(otherwise, 4);
    for (int j = 0; j < prompts.size(); j++) {
      assertThat(again.get(j).made()).isEqualTo(together.get(j).made());
      assertThat(again.get(j).best()).isEqualTo(together.get(j).best());
      Replay one = new Replay(otherwise.get(j)).until(stop.threshold(), stop.cap());
      Replay before = new Replay(prompts.get(j)).until(stop.threshold(), stop.cap());
      assertThat(one.made()).isEqualTo(before.made());
      assertThat(one.best()).isEqualTo(before.best());
    }
    assertThat(together.stream().mapToInt(Replay::made).sum()).isEqualTo(40);
    assertThat(together.stream().mapToInt(Replay::made).distinct().count()).isGreaterThan(1);
  }

  /// Half of the prompts pass nine times in ten, the others once in fifty: it pays to stop.
  @Test
  void stoppingSavesWhatPassesEarly() {
    var random = Drawn.random(41);
    List<Scored> prompts =
        IntStream.range(0, 200)
            .mapToObj(j -> Drawn.passes(random.nextBoolean() ? 0.9 : 0.02, 32, random))
            .toList();
    Advice advice = Budget.of(Drawn.of(prompts), List.of(4.0));
    for (Advice.Row row : advice.rows()) {
      double draws = Drawn.value(row, Quantity.DRAWS);
      double same = Drawn.value(row, Quantity.UNIFORM_DRAWS);
      assertThat(draws).isBetween(3.0, 4.4);
      assertThat(same - draws).isBetween(1.0, 6.0);
      assertThat(Drawn.value(row, Quantity.DRAWS_SAVED)).isCloseTo(same - draws, within(1e-9));
      assertThat(Drawn.value(row, Quantity.REWARD_DIFFERENCE)).isZero();
      double kl = Drawn.find(row, Quantity.KL, Role.UPPER_BOUND).orElseThrow().value();
      assertThat(kl).isBetween(KlBounds.analytical(3), KlBounds.analytical(32) + 1e-12);
    }
    assertThat(advice.rows())
        .extracting(row -> row.name().orElseThrow())
        .containsExactly("stop by price", "two stages");
  }

  /// All prompts are alike and no two rewards are equal: nobody beats the same n for all by much,
  /// and no one claims to.
  @Test
  void thePriceIsTheOneAtWhichOthersSpendTheBudget() {
    var random = Drawn.random(43);
    List<Scored> others =
        IntStream.range(0, 100).mapToObj(_ -> Drawn.rewards(random.doubles(32).toArray())).toList();
    Spending.Stop stop = new Spending(others, false).stop(5);
    double spent =
        others.stream()
            .mapToInt(one -> new Replay(one).until(stop.threshold(), stop.cap()).made())
            .average()
            .orElseThrow();
    assertThat(spent).isBetween(4.5, 5.0);
    // A law that is uniform on (0, 1) stops with chance 1 - z: about five draws at z = 0.8.
    assertThat(stop.threshold()).isBetween(0.75, 0.83);
    assertThat(stop.cap()).isEqualTo(32);
  }

  @Test
  void aBudgetOfAllDrawsIsNone() {
    List<Scored> prompts = IntStream.range(0, 6).mapToObj(j -> Drawn.rewards(j, 1, 2, 3)).toList();
    assertThat(Budget.of(Drawn.of(prompts), List.of(4.0)).refused()).hasSize(1);
    assertThat(Budget.of(Drawn.of(prompts.subList(0, 2)), List.of(2.0)).refused().getFirst())
        .contains("at least four prompts");
  }
}
