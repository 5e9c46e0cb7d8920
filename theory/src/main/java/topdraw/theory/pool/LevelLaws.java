package topdraw.theory.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The laws of all levels of one pool, given which completions were seen.
///
/// Of a level at which one draw is certain only the law of the draws up to it matters; those are
/// summed by number of draws, and cost little.
final class LevelLaws {
  private final CountLaw[] at;
  private final int draws;

  /// The law of the draws up to each level.
  private final CountLaw[] upTo;

  /// The law of the draws below each level if counts were independent.
  private final CountLaw[] below;

  /// The levels of which the number of draws is not known, or is not 1.
  private final List<Level> levels = new ArrayList<>();

  private record Level(int index, LevelLaw law) {}

  /// @param at the law of each level's count if these were independent
  /// @param draws their sum
  LevelLaws(CountLaw[] at, int draws) {
    this.at = at;
    this.draws = draws;
    upTo = new CountLaw[at.length];
    CountLaw[] above = above(at, draws);
    below = new CountLaw[at.length];
    CountLaw with = CountLaw.point(0);
    for (int l = 0; l < at.length; l++) {
      below[l] = with;
      with = with.plus(at[l], draws);
      // Levels of known counts have the law of the draws up to the one below, and as many more.
      upTo[l] =
          l > 0 && at[l].isPoint() ? upTo[l - 1].plus(at[l], draws) : with.given(draws, above[l]);
      if (!isOne(at[l])) {
        levels.add(new Level(l, LevelLaw.of(upTo[l], at[l], below[l])));
      }
    }
  }

  private static CountLaw[] above(CountLaw[] at, int draws) {
    var above = new CountLaw[at.length];
    for (int l = at.length - 1; l >= 0; l--) {
      above[l] = l == at.length - 1 ? CountLaw.point(0) : above[l + 1].plus(at[l + 1], draws);
    }
    return above;
  }

  private static boolean isOne(CountLaw law) {
    return law.isPoint() && law.first() == 1;
  }

  int count() {
    return at.length;
  }

  /// The best level, when this and all better ones are one.
  LevelLaw top(int level, CountLaw all) {
    return LevelLaw.of(CountLaw.point(draws), all, below[level]);
  }

  /// The sums of the mean gaps of the levels below one, at each `n` up to the number of draws.
  ///
  /// @param known those of [#each]
  double[] sum(int level, CorrectedGaps gaps, double[][] weights, double[][] known) {
    var sums = new double[gaps.upTo(draws)];
    for (int k = 0; k < levels.size() && levels.get(k).index < level; k++) {
      RowSums.add(sums, sums.length, 1, known[k]);
    }
    double[] ones = ones(level);
    for (int h = 1; h < ones.length; h++) {
      int some = gaps.upTo(h);
      int silent = gaps.silent(h, 1);
      if (ones[h] > 0 && silent < some) {
        RowSums.addProducts(sums, silent, some, ones[h], weights[h], gaps.at(h, 1));
      }
    }
    return sums;
  }

  /// The mean gaps of the levels at which not one draw is certain.
  double[][] each(CorrectedGaps gaps, double[][] weights) {
    var each = new double[levels.size()][gaps.upTo(draws)];
    Arrays.setAll(
        each,
        k -> {
          levels.get(k).law.addMeans(gaps, weights, each[k]);
          return each[k];
        });
    return each;
  }

  /// How many levels below one, at which one draw is certain, are expected to have `h` draws up to
  /// them, by `h`.
  private double[] ones(int level) {
    var ones = new double[draws + 1];
    for (int l = 0; l < level; l++) {
      if (isOne(at[l])) {
        double[] chances = upTo[l].chances();
        for (int i = 0; i < chances.length; i++) {
          ones[upTo[l].first() + i] += chances[i];
        }
      }
    }
    return ones;
  }
}
