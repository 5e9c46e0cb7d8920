package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.theory.confidence.ConstantBets;
import topdraw.theory.confidence.Range;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Bounds on means over given prompts alone, by constant bets on disjoint blocks of their draws,
/// which are independent and may differ: of best-of-n, whatever the rewards. Every prompt has more
/// draws than a setting that is tested, so there is a block of each.
///
/// @param alpha the chance of failing
/// @param drift whether the log-probabilities may be used in estimates
/// @param blocks the blocks
/// @param rewardRange where rewards lie by their making
/// @param ofEstimates the confidence of intervals that certify nothing
record BlockCertificate(
    double alpha,
    boolean drift,
    DrawBlocks blocks,
    Optional<Interval> rewardRange,
    Confidence ofEstimates)
    implements Certificate {
  static final Estimator BLOCKS =
      new Estimator("constant_bets_fixed_sequence", "constant bets on blocks, fixed-sequence");

  @Override
  public Finding winRate(MeasuredSetting tested) {
    return tested
        .winRateRange()
        .map(range -> proven(Quantity.WIN_RATE, tested, blocks.wins(tested.i()), range))
        .orElseGet(Certificate::coin);
  }

  /// Without a range nothing is proven: the estimate of [PromptCertificate].
  @Override
  public Finding reward(MeasuredSetting tested) {
    if (rewardRange.isEmpty()) {
      return Certificate.anyReward();
    }
    var range = new Range(rewardRange.get().lower(), rewardRange.get().upper());
    double[] bests =
        Arrays.stream(blocks.bests(tested.i())).map(best -> Math.max(best, range.low())).toArray();
    return proven(Quantity.REWARD, tested, bests, range);
  }

  private Finding proven(Quantity quantity, MeasuredSetting tested, double[] values, Range range) {
    double bound = range.at(ConstantBets.lower(range.scaled(values), alpha));
    int prompts = tested.winRates().prompts();
    return Finding.certificate(
            quantity,
            Role.LOWER_BOUND,
            bound,
            new Confidence(1 - alpha),
            tested.winRates().draws(),
            BLOCKS,
            List.of(Scope.DRAWS.assumption(prompts)))
        .overPrompts(prompts);
  }

  @Override
  public Finding kl(MeasuredSetting tested) {
    return Certificate.klOnEveryPolicy(tested);
  }

  @Override
  public Finding draws(MeasuredSetting tested) {
    return Finding.exact(Quantity.DRAWS, tested.n(), BY_DESIGN);
  }

  @Override
  public boolean couldReach(Quantity quantity, MeasuredSetting tested, double wanted) {
    Optional<Range> range =
        quantity == Quantity.WIN_RATE
            ? tested.winRateRange()
            : rewardRange.map(known -> new Range(known.lower(), known.upper()));
    if (range.isEmpty()) {
      return false;
    }
    double[] values =
        quantity == Quantity.WIN_RATE ? blocks.wins(tested.i()) : blocks.bests(tested.i());
    var best = new double[values.length];
    Arrays.fill(best, 1);
    return range.get().at(ConstantBets.lower(best, alpha)) >= wanted;
  }

  @Override
  public Unmet.Help help(Quantity quantity, MeasuredSetting tested, double wanted, double reached) {
    if (quantity == Quantity.REWARD && rewardRange.isEmpty()) {
      return new Unmet.Help.StatedRange();
    }
    return reached < wanted
        ? new Unmet.Help.Above(OptionalDouble.empty())
        : new Unmet.Help.MoreDraws(more(quantity, tested, wanted));
  }

  /// The blocks at hand, twice, three times … until they prove the floor; 0 where 64 times do not.
  private long more(Quantity quantity, MeasuredSetting tested, double wanted) {
    Range range =
        quantity == Quantity.WIN_RATE
            ? tested.winRateRange().orElseThrow()
            : new Range(rewardRange.orElseThrow().lower(), rewardRange.orElseThrow().upper());
    double[] values =
        quantity == Quantity.WIN_RATE ? blocks.wins(tested.i()) : blocks.bests(tested.i());
    double[] scaled =
        Arrays.stream(values).map(value -> range.scaled(Math.max(value, range.low()))).toArray();
    for (int times = 2; times <= 64; times++) {
      var longer = new double[times * scaled.length];
      for (int j = 0; j < longer.length; j++) {
        longer[j] = scaled[j % scaled.length];
      }
      if (range.at(ConstantBets.lower(longer, alpha)) >= wanted) {
        return (times - 1L) * tested.winRates().draws();
      }
    }
    return 0;
  }

  @Override
  public List<Finding> estimates(MeasuredSetting tested) {
    return tested.estimates(ofEstimates, drift, rewardRange);
  }
}
