package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import topdraw.estimate.Measure.Proof;
import topdraw.estimate.RankedDraws.Stop;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.Acceptance;
import topdraw.theory.pool.PoolEstimates;
import topdraw.theory.pool.PromptKl;
import topdraw.theory.pool.PromptSeenMass;

/// The numbers that an analysis tells, and what makes each.
public final class Measures {
  /// Bounds the drift on its prompt with certainty.
  public static final Estimator SEEN_MASS =
      new Estimator("seen_mass_mean", "seen-mass bound of each prompt");

  /// Bounds a mean drift with confidence.
  public static final Estimator SEEN_MASS_AT_CONFIDENCE =
      new Estimator(
          "seen_mass_at_confidence", "seen-mass bound of each prompt, none but few draws above");

  /// Bounds the drift from above on average.
  public static final Estimator POOL_KL_UPPER = new Estimator("pool_kl_upper", "pool_kl_upper");

  /// The paper's estimator.
  public static final Estimator MEAN_OF_25 = PromptPool.MEAN_OF_25.titled("eq. (25), pooled");

  /// Ours, which is sharper.
  public static final Estimator MEAN_OF_SHARP = PromptPool.MEAN_OF_SHARP.titled("d*, pooled");

  /// The exact identity for the drift, with estimated masses of levels.
  public static final Estimator POOL_KL =
      new Estimator("pool_kl", "probabilities and equal rewards, bias-corrected");

  /// The same without a log-probability.
  public static final Estimator POOL_KL_FROM_LEVELS =
      new Estimator("pool_kl_from_levels", "equal rewards, bias-corrected");

  private static final Estimator SUBSETS =
      new Estimator("subsets", "every subset of n draws, unbiased");

  /// Every draw of an attempt passes.
  static final Estimator ALL_PASS =
      new Estimator("pass_hat_k", "every subset of k draws, all of which pass, unbiased");

  /// Half of the draws of an attempt pass.
  static final Estimator HALF_PASS =
      new Estimator("g_pass_at_k:half", "every subset of k draws, half of which pass, unbiased");

  /// Three quarters do.
  static final Estimator MOST_PASS =
      new Estimator(
          "g_pass_at_k:three_quarters",
          "every subset of k draws, three quarters of which pass, unbiased");

  private static final Estimator ORACLE =
      new Estimator("oracle_subsets", "the best by gold of every subset of n draws");
  private static final Estimator MAJORITY =
      new Estimator("maj_at_k", "most frequent answer of every subset of k draws, equals sharing");
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
      new Estimator(
          "clipped_pool_kl",
          "probabilities and equal rewards, bias-corrected, of the clipped reward");
  private static final Estimator CLIPPED_KL_FROM_LEVELS =
      new Estimator(
          "clipped_pool_kl_from_levels", "equal rewards, bias-corrected, of the clipped reward");
  private static final Estimator PASS_RATE =
      new Estimator("pass_share", "share of draws at the threshold, unbiased");
  private static final Estimator REWIND_WIN_RATE =
      new Estimator("rewind_win_rate_of_share", "1 - z/2, ties half, unbiased");
  private static final Estimator REWIND_KL =
      new Estimator("rewind_kl_of_share", "-log z, plug-in, biased high");
  private static final Estimator REWIND_DRAWS =
      new Estimator("rewind_draws_of_share", "1/z, plug-in, biased high");

  private Measures() {}

  /// The measures at every n for one question, in the order they are read.
  static List<Measure> of(AnalysisQuestion asked) {
    List<Measure> measures = new ArrayList<>();
    measures.add(reward(asked.protocol()));
    asked.gold().ifPresent(gold -> measures.add(gold(gold, asked.protocol())));
    if (asked.protocol() == Protocol.SUBSETS) {
      measures.add(majority());
      measures.add(winRate(Quantity.WIN_RATE, p -> p.rewards().winRate()));
      measures.addAll(kl());
      measures.addAll(cost());
      asked.threshold().ifPresent(threshold -> measures.addAll(earlyStop(threshold)));
    }
    return measures;
  }

  static Measure reward(Protocol protocol) {
    return mean(Quantity.REWARD, how(protocol), p -> p.reward(protocol));
  }

  static Measure gold(String gold, Protocol protocol) {
    return mean(Quantity.GOLD_REWARD, how(protocol), p -> p.mean(protocol, p.draws().scores(gold)));
  }

  /// How often the most frequent answer is right.
  private static Measure majority() {
    return new Measure(
        Quantity.MAJ_AT_K,
        Role.VALUE,
        MAJORITY,
        Rests.NOTHING,
        Proof.NONE,
        n -> Quantity.MAJ_AT_K.range(),
        new Reading.Value(
            p -> p.draws().votes().map(votes -> votes.at(p.n())).orElse(Double.NaN),
            Optional.of(p -> p.draws().votes().orElseThrow().spread(p.n()))));
  }

  /// The mean gold reward of the best of n by gold itself.
  static Measure oracle(String gold) {
    return mean(
        Quantity.GOLD_REWARD,
        ORACLE,
        p -> p.draws().pool(gold).map(pool -> pool.reward(p.n())).orElse(Double.NaN));
  }

  /// How often the choice is one of the best by gold.
  static Measure topAgreement(String gold) {
    return mean(
        Quantity.TOP_AGREEMENT,
        SUBSETS,
        p -> p.draws().agreement(gold).map(judge -> judge.topAgreement(p.n())).orElse(Double.NaN));
  }

  /// How often a random one is.
  static Measure topAgreementByChance(String gold) {
    return mean(
        Quantity.TOP_AGREEMENT_BY_CHANCE,
        SUBSETS,
        p ->
            p.draws()
                .agreement(gold)
                .map(judge -> judge.topAgreementByChance(p.n()))
                .orElse(Double.NaN));
  }

  private static Estimator how(Protocol protocol) {
    return switch (protocol) {
      case SUBSETS -> SUBSETS;
      case FIRST_N -> FIRST_N;
      case BOOTSTRAP -> BOOTSTRAP;
    };
  }

  private static List<Measure> kl() {
    Quantity kl = Quantity.KL;
    return List.of(
        seenMass(),
        klAtMost(kl, POOL_KL_UPPER, Proof.UPPER, p -> p.klAtMost(PoolEstimates::klUpper)),
        klAtMost(kl, MEAN_OF_25, Proof.NONE, p -> p.klAtMost(PoolEstimates::klBound)),
        klAtMost(kl, MEAN_OF_SHARP, Proof.NONE, p -> p.klAtMost(PoolEstimates::sharpKlBound)),
        poolKl(),
        poolKlFromLevels());
  }

  /// Certain of each prompt, so of these prompts; with confidence a little less.
  private static Measure seenMass() {
    return new Measure(
        Quantity.KL,
        Role.UPPER_BOUND,
        SEEN_MASS,
        Rests.LOG_PROBABILITIES,
        Proof.CERTAIN,
        Measures::drifts,
        new Reading.Mass(
            p -> p.draws().known() ? p.completions().seenMass() : PromptSeenMass.nothing(p.n())));
  }

  static Measure poolKl() {
    return drift(
        Quantity.KL,
        POOL_KL,
        Rests.LOG_PROBABILITIES,
        p -> p.klFromProbabilities(p.draws().drifts()));
  }

  static Measure poolKlFromLevels() {
    return drift(
        Quantity.KL,
        POOL_KL_FROM_LEVELS,
        Rests.EQUAL_REWARDS,
        p -> p.klFromLevels(p.draws().drifts()));
  }

  private static List<Measure> cost() {
    return List.of(
        mean(
            Quantity.TOKENS,
            MEAN_LENGTH,
            p -> p.draws().tokens().map(t -> p.n() * t.mean()).orElse(Double.NaN)),
        winnerTokens(),
        mean(
            Quantity.SECONDS_SLOWEST,
            SLOWEST,
            p -> p.draws().slowest().map(pool -> pool.reward(p.n())).orElse(Double.NaN)));
  }

  static Measure winnerTokens() {
    return mean(Quantity.WINNER_TOKENS, SUBSETS, p -> p.mean(Protocol.SUBSETS, p.draws().tokens()));
  }

  private static List<Measure> earlyStop(double threshold) {
    Quantity kl = Quantity.EARLY_STOP_KL;
    Function<PromptAt, Stop> stop = p -> p.draws().stop(threshold);
    return List.of(
        klAtMost(
            kl,
            CLIPPED_KL_UPPER,
            Proof.UPPER,
            p -> p.klAtMost(known -> known.klUpper(stop.apply(p).best()))),
        drift(
            kl,
            CLIPPED_KL_FROM_LEVELS,
            Rests.EQUAL_REWARDS,
            p -> p.klFromLevels(stop.apply(p).clipped())),
        drift(
            kl,
            CLIPPED_KL,
            Rests.LOG_PROBABILITIES,
            p -> p.klFromProbabilities(stop.apply(p).clipped())),
        winRate(Quantity.EARLY_STOP_WIN_RATE, p -> p.rewards().winRate(stop.apply(p).ofRewards())),
        mean(
            Quantity.EARLY_STOP_DRAWS,
            SUBSETS,
            p -> new Acceptance(p.draws().size(), stop.apply(p).passing()).earlyStopDraws(p.n())));
  }

  /// Rewind-and-repeat at a threshold, where n plays no part.
  static List<Measure> ofRewind(double threshold) {
    ToDoubleFunction<PromptAt> passRate = p -> p.draws().passRate(threshold);
    return List.of(
        measure(Quantity.PASS_RATE, PASS_RATE, Rests.NOTHING, Proof.LOWER, passRate),
        measure(
            Quantity.REWIND_WIN_RATE,
            REWIND_WIN_RATE,
            Rests.INDEPENDENCE,
            Proof.LOWER,
            p -> 1 - passRate.applyAsDouble(p) / 2),
        measure(
            Quantity.REWIND_KL,
            REWIND_KL,
            Rests.INDEPENDENCE,
            Proof.NONE,
            p -> ofPassing(passRate.applyAsDouble(p), z -> Math.max(0, -Math.log(z)))),
        mean(
            Quantity.REWIND_DRAWS,
            REWIND_DRAWS,
            p -> ofPassing(passRate.applyAsDouble(p), z -> 1 / z)));
  }

  private static double ofPassing(double z, DoubleUnaryOperator value) {
    return z > 0 ? value.applyAsDouble(z) : Double.NaN;
  }

  private static Measure mean(
      Quantity quantity, Estimator source, ToDoubleFunction<PromptAt> value) {
    return measure(quantity, source, Rests.NOTHING, Proof.NONE, value);
  }

  private static Measure winRate(Quantity quantity, ToDoubleFunction<PromptAt> estimator) {
    return measure(
        quantity,
        WIN_RATE,
        Rests.INDEPENDENCE,
        Proof.LOWER,
        p -> Math.clamp(estimator.applyAsDouble(p), 0, 1));
  }

  private static Measure measure(
      Quantity quantity,
      Estimator source,
      Rests rests,
      Proof proof,
      ToDoubleFunction<PromptAt> value) {
    return new Measure(
        quantity,
        Role.VALUE,
        source,
        rests,
        proof,
        n -> quantity.range(),
        new Reading.Value(value));
  }

  /// No drift exceeds `K_n`.
  private static Measure klAtMost(
      Quantity quantity, Estimator source, Proof proof, ToDoubleFunction<PromptAt> estimator) {
    return new Measure(
        quantity,
        Role.UPPER_BOUND,
        source,
        Rests.LOG_PROBABILITIES,
        proof,
        Measures::drifts,
        new Reading.Value(
            p -> Math.clamp(estimator.applyAsDouble(p), 0, KlBounds.analytical(p.n()))));
  }

  private static Measure drift(
      Quantity quantity, Estimator source, Rests rests, Function<PromptAt, PromptKl> estimator) {
    return new Measure(
        quantity,
        Role.VALUE,
        source,
        rests,
        Proof.BOTH,
        Measures::drifts,
        new Reading.Drift(estimator));
  }

  private static Interval drifts(int n) {
    return new Interval(0, KlBounds.analytical(n));
  }
}
