package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptView;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.pool.Acceptance;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.PoolEstimates;

/// The settings of one method in rising order, fixed before any sample is seen, and what each
/// prompt says of each: an unbiased win rate, a KL divergence that is too large on average, an
/// unbiased reward (`-∞` when a draw without score can be returned), and for early stop unbiased
/// draws and the share of draws that reach the threshold.
sealed interface TestedSettings {
  /// Up to here no number of draws is left out.
  int EVERY = 128;

  /// Whose settings they are.
  Method method();

  /// How many numbers a prompt gives of each setting.
  int numbers();

  /// How many settings a prompt of so many draws can speak of.
  int settings(int draws);

  /// A setting, from 0.
  Setting setting(int i);

  /// How many of a prompt's draws judge it.
  int judges(int draws);

  /// A prompt's numbers, setting by setting.
  DoubleStream numbers(PromptView prompt, String reward);

  /// How many numbers a prompt of so many draws gives in all.
  default int length(int draws) {
    return numbers() * settings(draws);
  }

  /// Every n up to 128, from there on in steps of about a twelfth.
  static IntStream steps() {
    return IntStream.iterate(1, n -> n < EVERY ? n + 1 : n + n / 12);
  }

  static int step(int i) {
    return steps().skip(i).findFirst().orElseThrow();
  }

  /// Best-of-n from all draws of a prompt; one draw is left over to win against.
  record OfBestOfN() implements TestedSettings {
    @Override
    public Method method() {
      return Method.BEST_OF_N;
    }

    @Override
    public int numbers() {
      return 3;
    }

    @Override
    public int settings(int draws) {
      return (int) steps().takeWhile(n -> n < draws).count();
    }

    @Override
    public Setting setting(int i) {
      return new Setting.BestOfN(step(i));
    }

    @Override
    public int judges(int draws) {
      return draws;
    }

    @Override
    public DoubleStream numbers(PromptView prompt, String reward) {
      Pool pool = prompt.pool(reward);
      return steps()
          .takeWhile(n -> n < pool.size())
          .mapToObj(pool::at)
          .flatMapToDouble(OfBestOfN::numbers);
    }

    private static DoubleStream numbers(PoolEstimates at) {
      return DoubleStream.of(Math.clamp(at.winRate(), 0, 1), at.klUpper(), at.reward());
    }
  }

  /// Early stop at a threshold that was fixed before any draw: every draw judges it.
  record OfStopAt(double threshold) implements TestedSettings {
    @Override
    public Method method() {
      return Method.EARLY_STOP;
    }

    @Override
    public int numbers() {
      return 5;
    }

    @Override
    public int settings(int draws) {
      return (int) caps(draws).count();
    }

    private static IntStream caps(int draws) {
      return steps().skip(1).takeWhile(n -> n < draws);
    }

    @Override
    public Setting setting(int i) {
      return new Setting.StopAt(step(i + 1), threshold);
    }

    @Override
    public int judges(int draws) {
      return draws;
    }

    @Override
    public DoubleStream numbers(PromptView prompt, String reward) {
      Pool pool = prompt.pool(reward);
      double[] rewards = prompt.draws().ranks(reward);
      Pool clipped = pool.clippedAt(threshold);
      Acceptance acceptance = pool.acceptance(threshold);
      return caps(pool.size())
          .boxed()
          .flatMapToDouble(cap -> OfEarlyStop.numbers(clipped.at(cap), acceptance, rewards, cap));
    }
  }

  /// Early stop with a threshold for each prompt: a quantile of the rewards of the first half of
  /// its draws, judged by the other half, since a threshold must be fixed before the draws it
  /// judges.
  record OfEarlyStop() implements TestedSettings {
    private static final int LEAST_DRAWS = 4;

    @Override
    public Method method() {
      return Method.EARLY_STOP;
    }

    @Override
    public int numbers() {
      return 5;
    }

    @Override
    public int settings(int draws) {
      return draws < LEAST_DRAWS ? 0 : (int) caps(judges(draws)).count();
    }

    private static IntStream caps(int judges) {
      return steps().skip(1).takeWhile(n -> n < judges);
    }

    @Override
    public Setting setting(int i) {
      int cap = step(i + 1);
      return new Setting.EarlyStop(cap, passRate(cap));
    }

    @Override
    public int judges(int draws) {
      return draws - draws / 2;
    }

    @Override
    public DoubleStream numbers(PromptView prompt, String reward) {
      List<Draw> draws = prompt.draws().draws();
      if (draws.size() < LEAST_DRAWS) {
        return DoubleStream.empty();
      }
      int half = draws.size() / 2;
      double[] sorted = Arrays.copyOf(prompt.draws().ranks(reward), half);
      Arrays.sort(sorted);
      var rest =
          new PromptDraws(
              prompt.draws().key(), prompt.draws().prompt(), draws.subList(half, draws.size()));
      Pool judge = rest.pool(reward, true);
      double[] rewards = rest.ranks(reward);
      return caps(judge.size())
          .boxed()
          .flatMapToDouble(
              cap -> {
                double threshold = Quantiles.threshold(sorted, passRate(cap));
                return numbers(
                    judge.clippedAt(threshold).at(cap), judge.acceptance(threshold), rewards, cap);
              });
    }

    static DoubleStream numbers(
        PoolEstimates clipped, Acceptance acceptance, double[] rewards, int cap) {
      return DoubleStream.of(
          Math.clamp(clipped.winRate(), 0, 1),
          clipped.klUpper(),
          mean(clipped, rewards),
          acceptance.earlyStopDraws(cap),
          acceptance.passRate());
    }

    /// Of draws that pass, each is as likely to be returned; a draw without score could be.
    private static double mean(PoolEstimates clipped, double[] rewards) {
      return Arrays.stream(rewards).allMatch(Double::isFinite)
          ? clipped.mean(rewards)
          : Double.NEGATIVE_INFINITY;
    }

    /// The share that gives early stop with this cap the win rate of best-of-n with a tenth less.
    static double passRate(int cap) {
      double n = Math.max(1, cap / EarlyStopSetting.SPARE);
      return EarlyStopping.passRate((double) cap, n / (n + 1));
    }
  }
}
