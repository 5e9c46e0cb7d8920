package topdraw.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.pool.Acceptance;
import topdraw.theory.pool.Pool;

/// The settings of one method in rising order, fixed before any sample is seen, and what each
/// prompt says of each.
sealed interface Ladder {
  /// As many settings as a prompt of N draws can speak of.
  void add(PromptDraws prompt, String reward);

  /// The settings that every prompt spoke of.
  List<Rung.Values> rungs(long prompts);

  static Ladder of(Method method) {
    return switch (method) {
      case BEST_OF_N -> new OfBestOfN(new ArrayList<>());
      case EARLY_STOP -> new OfEarlyStop(new ArrayList<>());
      case REWIND_AND_REPEAT, BEST_OF_POISSON ->
          throw new InputException(
              Problem.CONFLICT, method.word() + " is planned without recorded samples");
    };
  }

  /// Every n up to 32, from there on in steps of about a twelfth.
  private static LongStream steps() {
    return LongStream.iterate(1, n -> n < 32 ? n + 1 : n + n / 12);
  }

  private static List<Rung.Values> common(List<Rung> rungs, long prompts) {
    return rungs.stream().map(Rung::values).filter(r -> r.prompts() == prompts).toList();
  }

  private static Rung rung(List<Rung> rungs, int i, Setting setting) {
    if (i == rungs.size()) {
      rungs.add(new Rung(setting));
    }
    return rungs.get(i);
  }

  /// Best-of-n from all draws of a prompt; one draw is left over to win against.
  record OfBestOfN(List<Rung> found) implements Ladder {
    @Override
    public void add(PromptDraws prompt, String reward) {
      Pool pool = prompt.pool(reward, true);
      int[] grid = steps().takeWhile(n -> n < pool.size()).mapToInt(n -> (int) n).toArray();
      for (int i = 0; i < grid.length; i++) {
        int n = grid[i];
        rung(found, i, new Setting.BestOfN(n))
            .add(
                new Rung.Numbers(pool.winRate(n), pool.klUpper(n), pool.reward(n), n, 0),
                pool.size());
      }
    }

    @Override
    public List<Rung.Values> rungs(long prompts) {
      return common(found, prompts);
    }
  }

  /// Early stop with a threshold for each prompt: a quantile of the rewards of the first half of
  /// its draws, judged by the other half, since a threshold must be fixed before the draws it
  /// judges.
  record OfEarlyStop(List<Rung> found) implements Ladder {
    @Override
    public void add(PromptDraws prompt, String reward) {
      List<Draw> draws = prompt.draws();
      if (draws.size() < 4) {
        return;
      }
      int half = draws.size() / 2;
      double[] sorted = Arrays.copyOf(prompt.ranks(reward), half);
      Arrays.sort(sorted);
      var rest = new PromptDraws(prompt.key(), prompt.prompt(), draws.subList(half, draws.size()));
      Pool judge = rest.pool(reward, true);
      double[] rewards = rest.ranks(reward);
      int[] caps =
          steps().skip(1).takeWhile(n -> n < judge.size()).mapToInt(n -> (int) n).toArray();
      IntStream.range(0, caps.length).forEach(i -> add(judge, rewards, sorted, i, caps[i]));
    }

    private void add(Pool judge, double[] rewards, double[] sorted, int i, int cap) {
      double z = passRate(cap);
      double threshold = Quantiles.threshold(sorted, z);
      Pool clipped = judge.clippedAt(threshold);
      Acceptance acceptance = judge.acceptance(threshold);
      rung(found, i, new Setting.EarlyStop(cap, z))
          .add(
              new Rung.Numbers(
                  clipped.winRate(cap),
                  clipped.klUpper(cap),
                  mean(clipped, rewards, cap),
                  acceptance.earlyStopDraws(cap),
                  acceptance.passRate()),
              judge.size());
    }

    /// Of draws that pass, each is as likely to be returned; a draw without score could be.
    private static double mean(Pool clipped, double[] rewards, int cap) {
      return Arrays.stream(rewards).allMatch(Double::isFinite)
          ? clipped.mean(rewards, cap)
          : Double.NEGATIVE_INFINITY;
    }

    /// The share that gives early stop with this cap the win rate of best-of-n with a tenth less.
    static double passRate(int cap) {
      double n = Math.max(1, cap / EarlyStopFamily.SPARE);
      return EarlyStopping.passRate((double) cap, n / (n + 1));
    }

    @Override
    public List<Rung.Values> rungs(long prompts) {
      return common(found, prompts);
    }
  }
}
