package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import topdraw.audit.Withholds;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Finding.Role;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.Acceptance;

/// One number that each prompt gives at each n, to be averaged over prompts.
///
/// @param quantity its name
/// @param role the quantity itself or a bound
/// @param unit its unit
/// @param source the estimator
/// @param rests what the audit must not have refused for it
/// @param proof what can be proven of its mean
/// @param spare how many draws beyond n a prompt must have
/// @param fallback whether it is told only where the log-probabilities may not be used
/// @param range where it must lie at each n
/// @param value its value for one prompt; empty when this prompt's data cannot say
record Measure(
    String quantity,
    Role role,
    String unit,
    String source,
    Withholds rests,
    Proof proof,
    int spare,
    boolean fallback,
    IntFunction<Interval> range,
    Value value) {

  /// What can be proven of the mean over prompts.
  enum Proof {
    /// Nothing: an estimate.
    NONE,
    /// The value is a bound for its prompt with certainty, so the mean is one for these prompts.
    CERTAIN,
    /// Betting on the values bounds the mean from above, with confidence.
    UPPER,
    /// Betting on the values bounds the mean from below, with confidence.
    LOWER
  }

  /// This measure when every reward is 0 or 1: the mean of the best of k is pass@k.
  Measure asPassAtK() {
    return new Measure(
        "pass_at_k", role, "probability", source, rests, Proof.LOWER, 0, false, _ -> UNIT, value);
  }

  /// Whether it can be told of a prompt.
  boolean fits(PromptAt prompt) {
    return prompt.n() + spare <= prompt.view().size() && (!fallback || prompt.levels().isPresent());
  }

  @FunctionalInterface
  interface Value {
    OptionalDouble at(PromptAt prompt);
  }

  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Interval POSITIVE = new Interval(0, Double.POSITIVE_INFINITY);
  private static final Interval UNIT = new Interval(0, 1);

  /// The measures for one setting, in the order they are read.
  static List<Measure> of(AnalysisSettings settings) {
    List<Measure> measures = new ArrayList<>();
    String how = source(settings.protocol());
    measures.add(free("reward", "reward", how, p -> p.reward(settings.protocol())));
    settings
        .gold()
        .ifPresent(
            _ ->
                measures.add(
                    free(
                        "gold_reward",
                        "reward",
                        how,
                        p ->
                            p.view().gold().isPresent()
                                ? p.mean(settings.protocol(), p.view().gold().get())
                                : OptionalDouble.empty())));
    if (settings.protocol() == Protocol.SUBSETS) {
      measures.add(winRate("win_rate", p -> p.pool().winRate()));
      kl(measures);
      cost(measures);
      if (settings.threshold().isPresent()) {
        earlyStop(measures);
      }
    }
    return measures;
  }

  private static String source(Protocol protocol) {
    return switch (protocol) {
      case SUBSETS -> "every subset of n draws, unbiased";
      case FIRST_N -> "the first n draws only, as noisy as if no more were drawn";
      case BOOTSTRAP -> "n draws with replacement, biased low";
    };
  }

  private static void kl(List<Measure> measures) {
    measures.add(
        kl(
            "kl",
            Role.UPPER_BOUND,
            "seen-mass bound of each prompt",
            Withholds.LOG_PROBABILITIES,
            Proof.CERTAIN,
            p -> p.pool().seenMassKlBound()));
    measures.add(
        kl(
            "kl",
            Role.UPPER_BOUND,
            "pool_kl_upper",
            Withholds.LOG_PROBABILITIES,
            Proof.UPPER,
            p -> p.pool().klUpper()));
    measures.add(
        kl(
            "kl",
            Role.UPPER_BOUND,
            "eq. (25), pooled",
            Withholds.LOG_PROBABILITIES,
            Proof.NONE,
            p -> p.pool().klBound()));
    measures.add(
        kl(
            "kl",
            Role.UPPER_BOUND,
            "d*, pooled",
            Withholds.LOG_PROBABILITIES,
            Proof.NONE,
            p -> p.pool().sharpKlBound()));
    measures.add(
        kl(
            "kl",
            Role.VALUE,
            "pool_kl",
            Withholds.LOG_PROBABILITIES,
            Proof.NONE,
            p -> p.pool().kl()));
    measures.add(
        kl(
            "kl",
            Role.VALUE,
            "pool_kl from equal rewards alone",
            Withholds.INDEPENDENCE,
            Proof.NONE,
            p -> p.levels().orElseThrow().kl()));
  }

  private static void cost(List<Measure> measures) {
    measures.add(
        positive(
            "tokens",
            "tokens",
            "n times the mean length",
            p ->
                p.view().meanTokens().isPresent()
                    ? OptionalDouble.of(p.n() * p.view().meanTokens().getAsDouble())
                    : OptionalDouble.empty()));
    measures.add(
        positive(
            "winner_tokens",
            "tokens",
            "every subset of n draws, unbiased",
            p ->
                p.view().tokens().isPresent()
                    ? p.mean(Protocol.SUBSETS, p.view().tokens().get())
                    : OptionalDouble.empty()));
    measures.add(
        positive(
            "seconds_slowest",
            "seconds",
            "slowest of n at once, unbiased",
            p ->
                p.view().slowest().isPresent()
                    ? OptionalDouble.of(p.view().slowest().get().reward(p.n()))
                    : OptionalDouble.empty()));
  }

  private static void earlyStop(List<Measure> measures) {
    measures.add(
        kl(
            "early_stop_kl",
            Role.UPPER_BOUND,
            "pool_kl_upper of the clipped reward",
            Withholds.LOG_PROBABILITIES,
            Proof.UPPER,
            p -> p.pool().klUpper(stop(p).level())));
    measures.add(
        kl(
            "early_stop_kl",
            Role.VALUE,
            "pool_kl of the clipped reward, from equal rewards alone",
            Withholds.INDEPENDENCE,
            Proof.NONE,
            Measure::earlyStopKlFromLevels));
    measures.add(
        kl(
            "early_stop_kl",
            Role.VALUE,
            "pool_kl of the clipped reward",
            Withholds.LOG_PROBABILITIES,
            Proof.NONE,
            p -> p.pool().kl(stop(p).level())));
    measures.add(winRate("early_stop_win_rate", p -> p.pool().winRate(stop(p).level())));
    measures.add(
        positive(
            "early_stop_draws",
            "draws",
            "every subset of n draws, unbiased",
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
    String plugIn = "share of draws at the threshold";
    return List.of(
        new Measure(
            "pass_rate",
            Role.VALUE,
            "probability",
            plugIn + ", unbiased",
            Withholds.NOTHING,
            Proof.LOWER,
            0,
            false,
            _ -> UNIT,
            p -> p.view().passRate()),
        new Measure(
            "rewind_win_rate",
            Role.VALUE,
            "probability",
            "1 - z/2, ties half, unbiased",
            Withholds.INDEPENDENCE,
            Proof.LOWER,
            0,
            false,
            _ -> UNIT,
            p -> OptionalDouble.of(1 - p.view().passRate().orElseThrow() / 2)),
        new Measure(
            "rewind_kl",
            Role.VALUE,
            "nats",
            "-log z, plug-in, biased high",
            Withholds.INDEPENDENCE,
            Proof.NONE,
            0,
            false,
            _ -> POSITIVE,
            p -> ofPassing(p, z -> Math.max(0, -Math.log(z)))),
        positive(
            "rewind_draws", "draws", "1/z, plug-in, biased high", p -> ofPassing(p, z -> 1 / z)));
  }

  private static OptionalDouble ofPassing(PromptAt prompt, DoubleUnaryOperator value) {
    double z = prompt.view().passRate().orElseThrow();
    return z > 0 ? OptionalDouble.of(value.applyAsDouble(z)) : OptionalDouble.empty();
  }

  private static Measure free(String quantity, String unit, String source, Value value) {
    return new Measure(
        quantity,
        Role.VALUE,
        unit,
        source,
        Withholds.NOTHING,
        Proof.NONE,
        0,
        false,
        _ -> ANY,
        value);
  }

  private static Measure positive(String quantity, String unit, String source, Value value) {
    return new Measure(
        quantity,
        Role.VALUE,
        unit,
        source,
        Withholds.NOTHING,
        Proof.NONE,
        0,
        false,
        _ -> POSITIVE,
        value);
  }

  private static Measure winRate(String quantity, ToDoubleFunction<PromptAt> estimator) {
    return new Measure(
        quantity,
        Role.VALUE,
        "probability",
        "pool_win_rate, ties half, unbiased",
        Withholds.INDEPENDENCE,
        Proof.LOWER,
        1,
        false,
        _ -> UNIT,
        p -> OptionalDouble.of(Math.clamp(estimator.applyAsDouble(p), 0, 1)));
  }

  private static Measure kl(
      String quantity,
      Role role,
      String source,
      Withholds rests,
      Proof proof,
      ToDoubleFunction<PromptAt> estimator) {
    return new Measure(
        quantity,
        role,
        "nats",
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
