package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import topdraw.audit.Withholds;
import topdraw.estimate.Measure.Proof;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Acceptance;

/// The numbers that an analysis tells, and what makes each.
public final class Measures {
  /// Bounds the drift on its prompt with certainty.
  public static final Estimator SEEN_MASS =
      new Estimator("seen_mass_mean", "seen-mass bound of each prompt");

  /// Bounds the drift from above on average.
  public static final Estimator POOL_KL_UPPER = new Estimator("pool_kl_upper", "pool_kl_upper");

  /// The paper's estimator.
  public static final Estimator MEAN_OF_25 = PromptPool.MEAN_OF_25.titled("eq. (25), pooled");

  /// Ours, which is sharper.
  public static final Estimator MEAN_OF_SHARP = PromptPool.MEAN_OF_SHARP.titled("d*, pooled");

  /// The exact identity for the drift, with estimated masses of levels.
  public static final Estimator POOL_KL = new Estimator("pool_kl", "pool_kl");

  /// The same without a log-probability.
  public static final Estimator POOL_KL_FROM_LEVELS =
      new Estimator("pool_kl_from_levels", "pool_kl from equal rewards alone");

  private static final Estimator SUBSETS =
      new Estimator("subsets", "every subset of n draws, unbiased");
  private static final Estimator FIRST_N =
      new Estimator("first_n", "the first n draws only, as noisy as if no more were drawn");
  private static final Estimator BOOTSTRAP =
      new Estimator("bootstrap", "n draws with replacement, biased low");
  private static final Estimator WIN_RATE =
      PromptPool.WIN_RATE.titled("pool_win_rate, ties half, unbiased");
  private static final Estimator MEAN_LENGTH =
      new Estimator("n_mean_tokens", "n times the mean length");
  private static final Estimator SLOWEST =
      new Estimator("slowest_of_n", "slowest of n at once, unbiased");
  private static final Estimator CLIPPED_KL_UPPER =
      new Estimator("clipped_pool_kl_upper", "pool_kl_upper of the clipped reward");
  private static final Estimator CLIPPED_KL =
      new Estimator("clipped_pool_kl", "pool_kl of the clipped reward");
  private static final Estimator CLIPPED_KL_FROM_LEVELS =
      new Estimator(
          "clipped_pool_kl_from_levels", "pool_kl of the clipped reward, from equal rewards alone");
  private static final Estimator PASS_RATE =
      new Estimator("pass_share", "share of draws at the threshold, unbiased");
  private static final Estimator REWIND_WIN_RATE =
      new Estimator("rewind_win_rate_of_share", "1 - z/2, ties half, unbiased");
  private static final Estimator REWIND_KL =
      new Estimator("rewind_kl_of_share", "-log z, plug-in, biased high");
  private static final Estimator REWIND_DRAWS =
      new Estimator("rewind_draws_of_share", "1/z, plug-in, biased high");

  private Measures() {}

  /// The measures for one setting, in the order they are read.
  static List<Measure> of(AnalysisSettings settings) {
    List<Measure> measures = new ArrayList<>();
    Protocol protocol = settings.protocol();
    Estimator how =
        switch (protocol) {
          case SUBSETS -> SUBSETS;
          case FIRST_N -> FIRST_N;
          case BOOTSTRAP -> BOOTSTRAP;
        };
    measures.add(mean(Quantity.REWARD, how, p -> p.reward(protocol)));
    settings
        .gold()
        .ifPresent(
            _ ->
                measures.add(
                    mean(Quantity.GOLD_REWARD, how, p -> p.mean(protocol, p.view().gold()))));
    if (protocol == Protocol.SUBSETS) {
      measures.add(winRate(Quantity.WIN_RATE, p -> p.pool().winRate()));
      kl(measures);
      cost(measures);
      if (settings.threshold().isPresent()) {
        earlyStop(measures);
      }
    }
    return measures;
  }

  private static void kl(List<Measure> measures) {
    Quantity kl = Quantity.KL;
    measures.add(klAtMost(kl, SEEN_MASS, Proof.CERTAIN, p -> p.pool().seenMassKlBound()));
    measures.add(klAtMost(kl, POOL_KL_UPPER, Proof.UPPER, p -> p.pool().klUpper()));
    measures.add(klAtMost(kl, MEAN_OF_25, Proof.NONE, p -> p.pool().klBound()));
    measures.add(klAtMost(kl, MEAN_OF_SHARP, Proof.NONE, p -> p.pool().sharpKlBound()));
    measures.add(kl(kl, POOL_KL, Withholds.LOG_PROBABILITIES, p -> p.pool().kl()));
    measures.add(
        kl(kl, POOL_KL_FROM_LEVELS, Withholds.INDEPENDENCE, p -> p.levels().orElseThrow().kl()));
  }

  private static void cost(List<Measure> measures) {
    measures.add(
        mean(
            Quantity.TOKENS,
            MEAN_LENGTH,
            p ->
                p.view().meanTokens().isPresent()
                    ? OptionalDouble.of(p.n() * p.view().meanTokens().getAsDouble())
                    : OptionalDouble.empty()));
    measures.add(
        mean(Quantity.WINNER_TOKENS, SUBSETS, p -> p.mean(Protocol.SUBSETS, p.view().tokens())));
    measures.add(
        mean(
            Quantity.SECONDS_SLOWEST,
            SLOWEST,
            p ->
                p.view().slowest().isPresent()
                    ? OptionalDouble.of(p.view().slowest().get().reward(p.n()))
                    : OptionalDouble.empty()));
  }

  private static void earlyStop(List<Measure> measures) {
    Quantity kl = Quantity.EARLY_STOP_KL;
    measures.add(
        klAtMost(kl, CLIPPED_KL_UPPER, Proof.UPPER, p -> p.pool().klUpper(stop(p).level())));
    measures.add(
        kl(kl, CLIPPED_KL_FROM_LEVELS, Withholds.INDEPENDENCE, Measures::earlyStopKlFromLevels));
    measures.add(
        kl(kl, CLIPPED_KL, Withholds.LOG_PROBABILITIES, p -> p.pool().kl(stop(p).level())));
    measures.add(winRate(Quantity.EARLY_STOP_WIN_RATE, p -> p.pool().winRate(stop(p).level())));
    measures.add(
        mean(
            Quantity.EARLY_STOP_DRAWS,
            SUBSETS,
            p ->
                OptionalDouble.of(
                    new Acceptance(p.view().size(), stop(p).passing()).earlyStopDraws(p.n()))));
  }

  private static PromptView.Stop stop(PromptAt prompt) {
    return prompt.view().stop().orElseThrow();
  }

  private static double earlyStopKlFromLevels(PromptAt prompt) {
    return prompt
        .levels()
        .orElseThrow()
        .kl(prompt.view().levels().orElseThrow().stop().orElseThrow());
  }

  /// Rewind-and-repeat at the threshold, where n plays no part.
  static List<Measure> ofRewind() {
    return List.of(
        Measure.of(
            Quantity.PASS_RATE,
            PASS_RATE,
            Withholds.NOTHING,
            Proof.LOWER,
            p -> p.view().passRate()),
        Measure.of(
            Quantity.REWIND_WIN_RATE,
            REWIND_WIN_RATE,
            Withholds.INDEPENDENCE,
            Proof.LOWER,
            p -> OptionalDouble.of(1 - p.view().passRate().orElseThrow() / 2)),
        Measure.of(
            Quantity.REWIND_KL,
            REWIND_KL,
            Withholds.INDEPENDENCE,
            Proof.NONE,
            p -> ofPassing(p, z -> Math.max(0, -Math.log(z)))),
        mean(Quantity.REWIND_DRAWS, REWIND_DRAWS, p -> ofPassing(p, z -> 1 / z)));
  }

  private static OptionalDouble ofPassing(PromptAt prompt, DoubleUnaryOperator value) {
    double z = prompt.view().passRate().orElseThrow();
    return z > 0 ? OptionalDouble.of(value.applyAsDouble(z)) : OptionalDouble.empty();
  }

  private static Measure mean(Quantity quantity, Estimator source, Measure.Value value) {
    return Measure.of(quantity, source, Withholds.NOTHING, Proof.NONE, value);
  }

  private static Measure winRate(Quantity quantity, ToDoubleFunction<PromptAt> estimator) {
    return Measure.of(
            quantity,
            WIN_RATE,
            Withholds.INDEPENDENCE,
            Proof.LOWER,
            p -> OptionalDouble.of(Math.clamp(estimator.applyAsDouble(p), 0, 1)))
        .sparing(1);
  }

  private static Measure klAtMost(
      Quantity quantity, Estimator source, Proof proof, ToDoubleFunction<PromptAt> estimator) {
    return kl(quantity, Role.UPPER_BOUND, source, Withholds.LOG_PROBABILITIES, proof, estimator);
  }

  private static Measure kl(
      Quantity quantity, Estimator source, Withholds rests, ToDoubleFunction<PromptAt> estimator) {
    return kl(quantity, Role.VALUE, source, rests, Proof.NONE, estimator);
  }

  /// No drift exceeds `K_n`. What needs no log-probability is told where those may not be used.
  private static Measure kl(
      Quantity quantity,
      Role role,
      Estimator source,
      Withholds rests,
      Proof proof,
      ToDoubleFunction<PromptAt> estimator) {
    return new Measure(
        quantity,
        role,
        source,
        rests,
        proof,
        0,
        rests == Withholds.INDEPENDENCE,
        n -> new Interval(0, KlBounds.analytical(n)),
        p ->
            OptionalDouble.of(
                Math.clamp(estimator.applyAsDouble(p), 0, KlBounds.analytical(p.n()))));
  }
}
