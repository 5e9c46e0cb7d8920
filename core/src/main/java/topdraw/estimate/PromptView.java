package topdraw.estimate;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.theory.pool.LevelMeans;
import topdraw.theory.pool.Pool;
import topdraw.theory.pool.PoolStop;

/// One prompt's samples as the estimators want them, made once for all n.
///
/// @param ranks the selecting reward of each draw, `-∞` where missing
/// @param pool the draws in the order of the reward, log-probabilities used
/// @param levels the same as if no completion were drawn twice: levels of equal reward only, whose
///   frequencies count where log-probabilities may not; made only where they may not
/// @param stop where early stop stops, where there is a threshold
/// @param gold the second reward, where every draw has it
/// @param tokens the length of each draw, where every draw has it
/// @param meanTokens their mean
/// @param slowest the draws in the order of their time, where every draw has it
record PromptView(
    double[] ranks,
    Pool pool,
    Optional<Levels> levels,
    Optional<Stop> stop,
    Optional<Drawn> gold,
    Optional<Drawn> tokens,
    OptionalDouble meanTokens,
    Optional<Pool> slowest) {

  /// @param stop where early stop stops among the levels
  record Levels(Pool pool, Optional<PoolStop> stop) {}

  /// @param level where early stop stops
  /// @param passing how many draws reach the threshold
  record Stop(PoolStop level, int passing) {}

  /// A value of each draw.
  ///
  /// @param values in the order drawn
  /// @param means by level of the selecting reward
  record Drawn(double[] values, LevelMeans means) {}

  /// @param fromLevels whether to make what needs no log-probability
  static PromptView of(PromptDraws prompt, AnalysisSettings settings, boolean fromLevels) {
    double[] ranks = prompt.ranks(settings.reward());
    Pool pool = Pool.of(prompt.outcomes(), ranks, prompt.logProbabilities());
    Optional<double[]> tokens = all(prompt, Draw::length);
    return new PromptView(
        ranks,
        pool,
        fromLevels ? Optional.of(levels(ranks, settings.threshold())) : Optional.empty(),
        settings.threshold().isPresent()
            ? Optional.of(stop(pool, ranks, settings.threshold().getAsDouble()))
            : Optional.empty(),
        settings
            .gold()
            .flatMap(gold -> all(prompt, s -> reward(s, gold)))
            .map(v -> new Drawn(v, pool.levelMeans(v))),
        tokens.map(v -> new Drawn(v, pool.levelMeans(v))),
        tokens.map(all -> Arrays.stream(all).average()).orElse(OptionalDouble.empty()),
        all(prompt, Draw::seconds).map(Pool::ofRewards));
  }

  private static Levels levels(double[] ranks, OptionalDouble threshold) {
    Pool pool = Pool.ofRewards(ranks);
    return new Levels(
        pool,
        threshold.isPresent()
            ? Optional.of(pool.stopAt(threshold.getAsDouble()))
            : Optional.empty());
  }

  private static Stop stop(Pool pool, double[] ranks, double threshold) {
    return new Stop(pool.stopAt(threshold), passing(ranks, threshold));
  }

  private static int passing(double[] ranks, double threshold) {
    return (int) Arrays.stream(ranks).filter(r -> r >= threshold).count();
  }

  private static OptionalDouble reward(Draw draw, String name) {
    return draw.scores().of(name) instanceof Score.Value(double value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  private static Optional<double[]> all(PromptDraws prompt, Function<Draw, OptionalDouble> value) {
    var values = new double[prompt.draws().size()];
    for (int i = 0; i < values.length; i++) {
      OptionalDouble one = value.apply(prompt.draws().get(i));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      values[i] = one.getAsDouble();
    }
    return Optional.of(values);
  }

  /// The share of draws at or above the threshold, where there is one.
  OptionalDouble passRate() {
    return stop.isPresent()
        ? OptionalDouble.of((double) stop.get().passing() / size())
        : OptionalDouble.empty();
  }

  /// Whether some draw has a score.
  boolean scored() {
    return !Arrays.stream(ranks).allMatch(Double::isInfinite);
  }

  int size() {
    return ranks.length;
  }
}
