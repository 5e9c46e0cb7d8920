package topdraw.advice;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Pool;

/// Where draws are best spent: two rules replayed on the recorded draws without peeking, each made
/// from the other half of the prompts, beside best-of-n that reaches the same mean reward.
final class Budget {
  private static final int FEWEST = 4;
  private static final double ROUNDING = 1e-12;

  private static final Estimator REPLAY =
      new Estimator("replay", "replayed in the order drawn, the rule made from other prompts");
  private static final Estimator PAIRED =
      new Estimator("replay_paired", "best-of-n at the same reward, less the replay, by prompt");
  private static final Estimator TOGETHER =
      PAIRED.titled(PAIRED.title() + ", taken for independent though they share the budget");
  private static final Estimator EQUAL =
      new Estimator("same_reward", "where best-of-n reaches the same reward, between two n");
  private static final Estimator CAPPED =
      new Estimator(
          "textbook_kl_of_cap", "Theorem 3.1 at the cap: early stop is best-of-n clipped");
  private static final Estimator COUNTED =
      new Estimator(
          "textbook_kl_of_count", "any rule that returns one of so many draws, Theorem 7");

  private final ScoredPrompts scores;
  private final boolean passFail;

  private Budget(ScoredPrompts scores) {
    this.scores = scores;
    passFail = scores.binary();
  }

  /// The replays.
  ///
  /// @param scores the prompts
  /// @param budgets mean draws a prompt
  /// @return the advice
  static Advice of(ScoredPrompts scores, List<Double> budgets) {
    if (scores.refusal().isPresent()) {
      return Advice.refused(Subject.BUDGET, scores.refusal().get());
    }
    boolean whole =
        scores.prompts().stream()
            .allMatch(one -> Arrays.stream(one.rewards()).allMatch(Double::isFinite));
    if (scores.count() < FEWEST || !whole || scores.draws() < 2) {
      return Advice.refused(
          Subject.BUDGET,
          "a replay needs at least four prompts with two draws or more, all of them scored");
    }
    var budget = new Budget(scores);
    List<Advice.Row> rows = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (double draws : budgets) {
      if (draws >= scores.draws()) {
        reasons.add(
            "%s draws a prompt: no fewer than were recorded".formatted(Double.toString(draws)));
      } else {
        rows.add(budget.stopping(draws));
        rows.add(budget.inTwoStages(draws));
      }
    }
    return new Advice(Subject.BUDGET, rows, reasons);
  }

  /// The prompts as both rules leave them, in their order: those of one half by what the other
  /// recorded.
  @FunctionalInterface
  private interface Rule {
    List<Replay> replay(List<Scored> prompts, Spending spending);
  }

  private Replay[] replayed(Rule rule) {
    var replays = new Replay[scores.count()];
    for (int which = 0; which < 2; which++) {
      List<Replay> half =
          rule.replay(scores.half(which), new Spending(scores.half(1 - which), passFail));
      for (int i = 0; i < half.size(); i++) {
        replays[2 * i + which] = half.get(i);
      }
    }
    return replays;
  }

  /// The threshold and the cap come from other prompts, so this is early stop, whose law is known.
  private Advice.Row stopping(double draws) {
    List<Spending.Stop> stops = new ArrayList<>();
    Replay[] replays =
        replayed(
            (prompts, spending) -> {
              Spending.Stop stop = spending.stop(draws);
              stops.add(stop);
              return prompts.stream()
                  .map(one -> new Replay(one).until(stop.threshold(), stop.cap()))
                  .toList();
            });
    double kl =
        IntStream.range(0, replays.length)
            .mapToDouble(
                j ->
                    KlBounds.analytical(
                        Math.min(stops.get(j % 2).cap(), scores.prompts().get(j).draws())))
            .average()
            .orElseThrow();
    return row(
        "stop by price",
        draws,
        replays,
        PAIRED,
        Finding.theorem(
            Quantity.KL,
            Role.UPPER_BOUND,
            kl,
            CAPPED,
            List.of("threshold and cap were made from other prompts")));
  }

  private Advice.Row inTwoStages(double draws) {
    Replay[] replays = replayed((prompts, spending) -> spending.inTwoStages(prompts, draws));
    double kl =
        scores.prompts().stream()
            .mapToDouble(one -> KlBounds.analytical(one.draws()))
            .average()
            .orElseThrow();
    return row(
        "two stages",
        draws,
        replays,
        TOGETHER,
        Finding.theorem(
            Quantity.KL,
            Role.UPPER_BOUND,
            kl,
            COUNTED,
            List.of(
                "how many draws are made depends on rewards: no more than their number is used")));
  }

  /// Of equal rewards the mean is nothing, and not what rounding leaves.
  private Finding difference(double[] best, double[] plain) {
    Finding told =
        scores.mean(
            Quantity.REWARD_DIFFERENCE,
            IntStream.range(0, best.length).mapToDouble(j -> best[j] - plain[j]).toArray(),
            Quantity.REWARD_DIFFERENCE.range(),
            REPLAY.titled("the replay, less best-of-n at the n of the same reward"));
    return new Finding(
        told.quantity(),
        told.role(),
        Math.abs(told.value()) < ROUNDING ? 0 : told.value(),
        told.evidence(),
        told.confidence(),
        told.interval(),
        told.samples(),
        told.prompts(),
        told.source(),
        told.assumptions());
  }

  private Advice.Row row(
      String rule, double budget, Replay[] replays, Estimator paired, Finding kl) {
    double[] best = Arrays.stream(replays).mapToDouble(Replay::best).toArray();
    double[] made = Arrays.stream(replays).mapToDouble(Replay::made).toArray();
    double reward = Arrays.stream(best).average().orElseThrow();
    double same = sameReward(reward);
    double[] plain = plain(same);
    var rewards = passFail ? new Interval(0, 1) : Quantity.REWARD.range();
    List<Finding> findings = new ArrayList<>();
    findings.add(scores.mean(Quantity.REWARD, best, rewards, REPLAY));
    findings.add(scores.mean(Quantity.DRAWS, made, Quantity.DRAWS.range(), REPLAY));
    findings.add(
        new Finding(
            Quantity.UNIFORM_DRAWS,
            Role.VALUE,
            same,
            Evidence.ESTIMATE,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.of(scores.samples()),
            OptionalLong.of(scores.count()),
            EQUAL,
            List.of("no interval: that of the reward beside it says how equal the rewards are")));
    findings.add(
        scores.mean(
            Quantity.DRAWS_SAVED,
            Arrays.stream(made).map(m -> same - m).toArray(),
            Quantity.DRAWS_SAVED.range(),
            paired));
    findings.add(difference(best, plain));
    findings.add(kl);
    return new Advice.Row(Optional.of(rule), Numbers.of(entry("draws", budget)), findings);
  }

  /// The n, between two whole ones, at which best-of-n has that mean reward.
  private double sameReward(double reward) {
    double before = average(plain(1));
    if (reward <= before) {
      return 1;
    }
    for (int n = 2; n <= scores.draws(); n++) {
      double now = average(plain(n));
      if (now >= reward) {
        return n - (now - reward) / (now - before);
      }
      before = now;
    }
    return scores.draws();
  }

  private double[] plain(double n) {
    int low = (int) Math.floor(n);
    double[] below = bestOf(low);
    if (low == n) {
      return below;
    }
    double[] above = bestOf(low + 1);
    return IntStream.range(0, below.length)
        .mapToDouble(j -> below[j] + (n - low) * (above[j] - below[j]))
        .toArray();
  }

  private double[] bestOf(int n) {
    return scores.prompts().stream()
        .mapToDouble(one -> Pool.ofRewards(one.rewards()).reward(n))
        .toArray();
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
