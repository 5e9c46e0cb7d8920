package topdraw.estimate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.theory.finding.Interval;
import topdraw.theory.pool.JudgeAgreement;

/// What selection by a proxy does to the gold reward, for every n: what a [GoldStudy] is made from.
///
/// @param proxy the reward that selects
/// @param gold the reward that counts
/// @param range where gold rewards lie by their making; without it nothing can be proven of their
///   mean
public record GoldQuestion(String proxy, String gold, Optional<Interval> range)
    implements Question {
  /// Pair accuracy, share of ties and rank correlation.
  static final int PAIRS = 3;

  /// Checks that there are two rewards.
  public GoldQuestion {
    if (proxy.equals(gold)) {
      throw new InputException(
          Problem.CONFLICT,
          "the gold reward must be another than the one that selects, both are '" + proxy + "'");
    }
    if (range.isPresent() && !(range.get().upper() > range.get().lower())) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "a range of rewards needs LOW < HIGH, was " + range.get());
    }
  }

  @Override
  public List<String> rewards() {
    return List.of(proxy, gold);
  }

  /// How well the proxy tells pairs of draws apart ([#PAIRS] numbers, NaN where nothing is to be
  /// told), then the numbers of the grid. None at all where a draw lacks the gold reward or the
  /// proxy, or there is only one.
  ///
  /// @throws IllegalArgumentException if a gold reward is outside the stated range
  @Override
  public double[] measure(PromptView prompt) {
    RankedDraws draws = prompt.ranked(proxy);
    Optional<RankedDraws.Values> scores = draws.scores(gold);
    if (prompt.size() < 2
        || scores.isEmpty()
        || !Arrays.stream(draws.ranks()).allMatch(Double::isFinite)) {
      return new double[0];
    }
    range.ifPresent(stated -> check(prompt.draws(), scores.get().each(), stated));
    double[] curves =
        curves()
            .numbers(
                draws,
                prompt.amongFew() ? Optional.of(Redrawn.of(prompt, proxy)) : Optional.empty());
    JudgeAgreement.Pairs pairs = draws.agreement(gold).orElseThrow().pairs();
    return DoubleStream.concat(
            DoubleStream.of(
                pairs.accuracy().orElse(Double.NaN),
                pairs.tieShare().orElse(Double.NaN),
                pairs.tau().orElse(Double.NaN)),
            Arrays.stream(curves))
        .toArray();
  }

  private static void check(PromptDraws prompt, double[] gold, Interval range) {
    for (double value : gold) {
      if (!(value >= range.lower() && value <= range.upper())) {
        throw new InputException(
            Problem.OUT_OF_RANGE,
            "prompt '%s' has the gold reward %s, outside the stated range [%s, %s]"
                .formatted(prompt.key(), value, range.lower(), range.upper()));
      }
    }
  }

  /// Gold reward, proxy, drift and length of the winner; then the best draw by gold, and how often
  /// the proxy finds it; last the drift from equal rewards alone.
  MeasureGrid curves() {
    return new MeasureGrid(
        List.of(
            Measures.gold(gold, Protocol.SUBSETS),
            Measures.reward(Protocol.SUBSETS),
            Measures.poolKl(),
            Measures.winnerTokens(),
            Measures.oracle(gold),
            Measures.topAgreement(gold),
            Measures.topAgreementByChance(gold),
            Measures.poolKlFromLevels()),
        List.of());
  }

  private Object writeReplace() {
    return new Written(proxy, gold, range.orElse(null));
  }

  /// What may be absent is null where it is written.
  private record Written(String proxy, String gold, @Nullable Interval range)
      implements Serializable {
    private Object readResolve() {
      return new GoldQuestion(proxy, gold, Optional.ofNullable(range));
    }
  }
}
