package topdraw.advice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleFunction;
import topdraw.theory.confidence.BetaBinomialPosterior;
import topdraw.theory.pool.PandoraIndex;

/// Two rules of spending draws on prompts, made from what other prompts recorded and replayed on
/// these.
///
/// @param others the prompts that the rules are made from
/// @param passFail whether rewards are 0 and 1
record Spending(List<Scored> others, boolean passFail) {
  private static final int STEPS = 60;

  /// Stop where one more draw is not worth its price: at a reward, and after so many draws. The
  /// price is the one at which the other prompts spend the budget.
  ///
  /// @param threshold draws end at such a reward
  /// @param cap the most draws
  record Stop(double threshold, int cap) {}

  /// The rule with a price.
  Stop stop(double budget) {
    int recorded = others.stream().mapToInt(Scored::draws).max().orElseThrow();
    if (passFail) {
      double[] law = rates();
      return priced(
          budget,
          1,
          price ->
              new Stop(
                  1,
                  (int) Math.clamp(PandoraIndex.mostFailures(law[0], law[1], price), 1, recorded)));
    }
    double[] all = others.stream().flatMapToDouble(one -> Arrays.stream(one.rewards())).toArray();
    double range = Arrays.stream(all).max().orElseThrow() - Arrays.stream(all).min().orElseThrow();
    var index = new PandoraIndex(all);
    return priced(budget, range, price -> new Stop(index.at(price), recorded));
  }

  /// The lowest price at which the other prompts spend no more than the budget.
  private Stop priced(double budget, double most, DoubleFunction<Stop> rule) {
    if (most == 0) {
      return new Stop(Double.NEGATIVE_INFINITY, 1);
    }
    double low = Math.log(most) - 40;
    double high = Math.log(most) + 1;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (spent(rule.apply(Math.exp(middle))) > budget) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return rule.apply(Math.exp(high));
  }

  private double spent(Stop stop) {
    return others.stream()
        .mapToInt(one -> new Replay(one).until(stop.threshold, stop.cap).made())
        .average()
        .orElseThrow();
  }

  private double[] rates() {
    return BetaBinomialPosterior.of(
            others.stream().mapToInt(one -> one.passing(one.draws())).toArray(),
            others.stream().mapToInt(Scored::draws).toArray())
        .parameters();
  }

  /// A few draws each, then one at a time where one more is expected to add most.
  ///
  /// @param prompts those that are drawn for
  /// @param budget mean draws a prompt
  /// @return what was drawn for each
  List<Replay> inTwoStages(List<Scored> prompts, double budget) {
    List<Replay> replays = prompts.stream().map(Replay::new).toList();
    long left = (long) Math.floor(budget * replays.size());
    int first = (int) Math.max(1, Math.min(Math.max(2, budget / 2), budget));
    for (int round = 0; round < first; round++) {
      for (Replay replay : replays) {
        if (left > 0 && !replay.ended()) {
          replay.draw();
          left--;
        }
      }
    }
    Gain gain = gain();
    record Waiting(int prompt, double gain) {}
    var queue =
        new PriorityQueue<Waiting>(
            Comparator.comparingDouble((Waiting one) -> -one.gain)
                .thenComparingInt(Waiting::prompt));
    for (int j = 0; j < replays.size(); j++) {
      queue.add(new Waiting(j, gain.of(replays.get(j))));
    }
    while (left > 0 && !queue.isEmpty()) {
      Waiting next = queue.remove();
      Replay replay = replays.get(next.prompt);
      if (!replay.ended() && next.gain > 0) {
        replay.draw();
        left--;
        queue.add(new Waiting(next.prompt, gain.of(replay)));
      }
    }
    return replays;
  }

  /// What one more draw is expected to add.
  @FunctionalInterface
  private interface Gain {
    double of(Replay replay);
  }

  private Gain gain() {
    if (passFail) {
      double[] law = rates();
      return replay -> replay.best() >= 1 ? 0 : law[0] / (law[0] + law[1] + replay.made());
    }
    var index =
        new PandoraIndex(
            others.stream()
                .flatMapToDouble(
                    one -> {
                      double mean = Arrays.stream(one.rewards()).average().orElseThrow();
                      return Arrays.stream(one.rewards()).map(r -> r - mean);
                    })
                .toArray());
    return replay -> index.gain(replay.best() - replay.mean());
  }
}
