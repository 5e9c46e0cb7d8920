package topdraw.theory.finding;

import java.util.Locale;

/// What a finding can be about. Drift and win rate are of a policy against the model that it draws
/// from.
public enum Quantity {
  /// Drift: `KL(policy || model)`.
  KL(Unit.NATS, Range.POSITIVE),
  /// How often the policy beats one draw of the model, ties half.
  WIN_RATE(Unit.PROBABILITY, Range.UNIT),
  /// Mean reward of what is returned, from recorded or drawn completions.
  REWARD(Unit.REWARD, Range.ANY),
  /// Mean reward of what is returned, under a known law.
  EXPECTED_REWARD(Unit.REWARD, Range.ANY),
  /// Mean of a second reward over what the first one selects.
  GOLD_REWARD(Unit.REWARD, Range.ANY),
  /// Mean of the reward that selects, beside the gold reward.
  PROXY_REWARD(Unit.REWARD, Range.ANY),
  /// Gold reward at a chosen n, less that at n = 1.
  GOLD_GAIN(Unit.REWARD, Range.ANY),
  /// Gold reward of a chosen setting, less that of best-of-n with as many draws as were recorded.
  GOLD_OVER_PLAIN(Unit.REWARD, Range.ANY),
  /// How gold rises with the proxy among the draws that the proxy scores highest.
  TAIL_SLOPE(Unit.NUMBER, Range.ANY),
  /// Hill's index of the highest proxy scores: small where a few are far above the others.
  TAIL_INDEX(Unit.NUMBER, Range.POSITIVE),
  /// How often what scores highest is right: what no number of draws lifts best-of-n above.
  VERIFIER_CEILING(Unit.PROBABILITY, Range.UNIT),
  /// The score from which on an answer is given.
  ACCEPTANCE_THRESHOLD(Unit.REWARD, Range.ANY),
  /// How often no answer is given.
  ABSTENTION_RATE(Unit.PROBABILITY, Range.UNIT),
  /// How often an answer is given and wrong.
  CONFIDENTLY_WRONG(Unit.PROBABILITY, Range.UNIT),
  /// How often an answer that is given is wrong.
  WRONG_IF_ANSWERED(Unit.PROBABILITY, Range.UNIT),
  /// The n of best-of-n that reaches the same mean reward.
  UNIFORM_DRAWS(Unit.DRAWS, Range.POSITIVE),
  /// That n, less the draws made.
  DRAWS_SAVED(Unit.DRAWS, Range.ANY),
  /// The chance that one of k draws has the reward 1.
  PASS_AT_K(Unit.PROBABILITY, Range.UNIT),
  /// The chance that all of k draws have the reward 1.
  PASS_HAT_K(Unit.PROBABILITY, Range.UNIT),
  /// The chance that at least a share of k draws has the reward 1.
  G_PASS_AT_K(Unit.PROBABILITY, Range.UNIT),
  /// The chance that the most frequent answer of k draws is right, equals sharing.
  MAJ_AT_K(Unit.PROBABILITY, Range.UNIT),
  /// The share of n draws that give the answer that is returned, voted for by them.
  VOTE_SHARE(Unit.PROBABILITY, Range.UNIT),
  /// The share of the gain of the best draw by gold that selection by the proxy recovers.
  RECOVERED_GAIN(Unit.PROBABILITY, Range.ANY),
  /// The chance that the proxy's choice among n draws is one of the best by gold.
  TOP_AGREEMENT(Unit.PROBABILITY, Range.UNIT),
  /// The same of a proxy that has no opinion.
  TOP_AGREEMENT_BY_CHANCE(Unit.PROBABILITY, Range.UNIT),
  /// How often the proxy says which of two draws is better by gold, its ties half.
  PAIR_ACCURACY(Unit.PROBABILITY, Range.UNIT),
  /// How often the proxy cannot tell two draws that differ by gold.
  PAIR_TIES(Unit.PROBABILITY, Range.UNIT),
  /// The rank correlation of proxy and gold within a prompt, Kendall's tau-b.
  RANK_CORRELATION(Unit.CORRELATION, Range.CORRELATION),
  /// The share of draws that reach a threshold.
  PASS_RATE(Unit.PROBABILITY, Range.UNIT),
  /// Mean number of draws of a method.
  DRAWS(Unit.DRAWS, Range.POSITIVE),
  /// Mean number of draws under a known law.
  EXPECTED_DRAWS(Unit.DRAWS, Range.POSITIVE),
  /// Tokens of n draws.
  TOKENS(Unit.TOKENS, Range.POSITIVE),
  /// Tokens of one draw.
  TOKENS_PER_DRAW(Unit.TOKENS, Range.POSITIVE),
  /// Tokens of what is returned.
  WINNER_TOKENS(Unit.TOKENS, Range.POSITIVE),
  /// Tokens of what is returned at a chosen n, less those at n = 1.
  LENGTH_DRIFT(Unit.TOKENS, Range.ANY),
  /// When the slowest of n draws ends, all of them begun at once.
  SECONDS_SLOWEST(Unit.SECONDS, Range.POSITIVE),
  /// Drift of best-of-n that stops at the first draw to reach a threshold.
  EARLY_STOP_KL(Unit.NATS, Range.POSITIVE),
  /// Win rate of the same.
  EARLY_STOP_WIN_RATE(Unit.PROBABILITY, Range.UNIT),
  /// Mean draws of the same.
  EARLY_STOP_DRAWS(Unit.DRAWS, Range.POSITIVE),
  /// Drift of drawing until a threshold is reached.
  REWIND_KL(Unit.NATS, Range.POSITIVE),
  /// Win rate of the same.
  REWIND_WIN_RATE(Unit.PROBABILITY, Range.UNIT),
  /// Mean draws of the same.
  REWIND_DRAWS(Unit.DRAWS, Range.POSITIVE),
  /// Standard deviation of the paper's estimator (25) of the drift, of one completion.
  KL_ESTIMATOR_SD(Unit.NATS, Range.POSITIVE),
  /// The rise of gold reward in the fit of Gao et al.
  ALPHA(Unit.REWARD_PER_ROOT_NAT, Range.ANY),
  /// Its fall.
  BETA(Unit.REWARD_PER_NAT, Range.ANY),
  /// The drift at its peak.
  PEAK_KL(Unit.NATS, Range.POSITIVE),
  /// Reward of one run's winners, less that of another's.
  REWARD_DIFFERENCE(Unit.REWARD, Range.ANY),
  /// How often one run's winner beats another's, ties half.
  WIN_SHARE(Unit.PROBABILITY, Range.UNIT),
  /// Tokens of one run's winners, less those of another's.
  LENGTH_DIFFERENCE(Unit.TOKENS, Range.ANY);

  /// Where quantities lie.
  private enum Range {
    ANY(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    POSITIVE(0, Double.POSITIVE_INFINITY),
    UNIT(0, 1),
    CORRELATION(-1, 1);

    final double lower;
    final double upper;

    Range(double lower, double upper) {
      this.lower = lower;
      this.upper = upper;
    }
  }

  private final Unit unit;
  private final Range range;

  Quantity(Unit unit, Range range) {
    this.unit = unit;
    this.range = range;
  }

  /// The word as it is written to files.
  ///
  /// @return the lower-case name, such as `win_rate`
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What its numbers count.
  ///
  /// @return the unit
  public Unit unit() {
    return unit;
  }

  /// Where the quantity lies, whatever the policy and the rewards are. Estimates of it may fall
  /// outside.
  ///
  /// @return the least and the largest value, infinite where there is none
  public Interval range() {
    return new Interval(range.lower, range.upper);
  }
}
