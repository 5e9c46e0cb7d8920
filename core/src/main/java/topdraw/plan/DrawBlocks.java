package topdraw.plan;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topdraw.estimate.MeasuredPrompts;

/// Disjoint blocks of a prompt's draws, in the order drawn: independent trials of best-of-n, from
/// which something follows for given prompts alone.
///
/// Of each `n` in the order of [TestedSettings#steps], below the number of draws: for every block
/// of `n + 1` how often its best wins against one of it, then the best of every block of `n`.
///
/// @param measured what was measured of all prompts
/// @param prompts which of them are meant
/// @param first the column where a prompt's blocks begin
record DrawBlocks(MeasuredPrompts measured, int[] prompts, int[] first) {

  static DoubleStream numbers(double[] ranks) {
    return TestedSettings.steps()
        .takeWhile(n -> n < ranks.length)
        .boxed()
        .flatMapToDouble(n -> DoubleStream.concat(wins(ranks, n), bests(ranks, n)));
  }

  private static DoubleStream wins(double[] ranks, int n) {
    return blocks(ranks, n + 1)
        .mapToObj(from -> Arrays.copyOfRange(ranks, from, from + n + 1))
        .mapToDouble(DrawBlocks::win);
  }

  private static DoubleStream bests(double[] ranks, int n) {
    return blocks(ranks, n)
        .mapToDouble(from -> Arrays.stream(ranks, from, from + n).max().orElseThrow());
  }

  private static IntStream blocks(double[] ranks, int size) {
    return IntStream.range(0, ranks.length / size).map(b -> b * size);
  }

  /// Each draw in turn is the opponent of the others' best; in `[1/2, n/(n+1)]`.
  private static double win(double[] block) {
    double best = Arrays.stream(block).max().orElseThrow();
    long tied = Arrays.stream(block).filter(rank -> rank == best).count();
    double size = block.length;
    return tied == 1 ? (size - 1) / size : (size - tied / 2.0) / size;
  }

  /// How often the best of `n` wins, as many blocks of every prompt.
  ///
  /// @param i which setting, from 0
  double[] wins(int i) {
    int n = TestedSettings.step(i);
    return values(i, n + 1, 0);
  }

  /// The best of `n`, as many blocks of every prompt; `-∞` where none of a block has a score.
  ///
  /// @param i which setting, from 0
  double[] bests(int i) {
    int n = TestedSettings.step(i);
    return values(i, n, n + 1);
  }

  /// @param before the size of the blocks that come first at this setting; 0 for none
  private double[] values(int i, int size, int before) {
    int each = each(size);
    return Arrays.stream(prompts)
        .boxed()
        .flatMapToDouble(
            prompt -> {
              int draws = measured.draws(prompt);
              int from = first[prompt] + start(draws, i) + (before == 0 ? 0 : draws / before);
              return IntStream.range(from, from + each)
                  .mapToDouble(column -> measured.number(prompt, column));
            })
        .toArray();
  }

  /// How many blocks every prompt has.
  private int each(int size) {
    return Arrays.stream(prompts).map(prompt -> measured.draws(prompt) / size).min().orElseThrow();
  }

  private static int start(int draws, int i) {
    return TestedSettings.steps().limit(i).map(n -> draws / (n + 1) + draws / n).sum();
  }
}
