package topdraw.theory.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// The laws of all levels of one pool, given which completions were seen.
///
/// Of a level at which one draw is certain only the law of the draws up to it matters; those are
/// summed by number of draws, and cost little. Nothing is kept of them: what holds below such a
/// level holds above it with one draw more.
final class LevelLaws {
  private final int count;
  private final int draws;

  /// The levels of which the number of draws is not known, or is not 1.
  private final List<Level> levels = new ArrayList<>();

  /// @param index which level it is
  /// @param at the law of the draws at it if counts were independent
  /// @param below the same of those below it
  /// @param with the same of those up to it
  /// @param upTo the law of the draws up to it
  private record Level(int index, CountLaw at, CountLaw below, CountLaw with, CountLaw upTo) {
    /// Made whenever it is asked for: of many draws it is a dozen times as large as what it is made
    /// from.
    LevelLaw law() {
      return LevelLaw.of(upTo, at, below);
    }
  }

  /// @param at the law of each level's count if these were independent
  /// @param draws their sum
  LevelLaws(CountLaw[] at, int draws) {
    count = at.length;
    this.draws = draws;
    Deque<CountLaw> above = above(at, draws);
    CountLaw with = CountLaw.point(0);
    CountLaw upTo = with;
    for (int l = 0; l < at.length; l++) {
      CountLaw below = with;
      with = with.plus(at[l], draws);
      // Levels of known counts have the law of the draws up to the one below, and as many more.
      if (isOne(at[l])) {
        upTo = upTo.plus(at[l], draws);
      } else {
        CountLaw over = above.pop();
        upTo = at[l].isPoint() ? upTo.plus(at[l], draws) : with.given(draws, over);
        levels.add(new Level(l, at[l], below, with, upTo));
      }
    }
  }

  /// Of the draws above each level of which not one is certain, the lowest first.
  private static Deque<CountLaw> above(CountLaw[] at, int draws) {
    var above = new ArrayDeque<CountLaw>();
    CountLaw over = CountLaw.point(0);
    for (int l = at.length - 1; l >= 0; l--) {
      if (!isOne(at[l])) {
        above.push(over);
      }
      over = over.plus(at[l], draws);
    }
    return above;
  }

  private static boolean isOne(CountLaw law) {
    return law.isPoint() && law.first() == 1;
  }

  int count() {
    return count;
  }

  /// The best level, when this and all better ones are one.
  LevelLaw top(int level, CountLaw all) {
    return LevelLaw.of(CountLaw.point(draws), all, below(level));
  }

  private CountLaw below(int level) {
    CountLaw below = CountLaw.point(level);
    for (Level one : levels) {
      if (one.index == level) {
        return one.below;
      }
      if (one.index > level) {
        break;
      }
      below = one.with.plus(CountLaw.point(level - one.index - 1), draws);
    }
    return below;
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
          levels.get(k).law().addMeans(gaps, weights, each[k]);
          return each[k];
        });
    return each;
  }

  /// How many levels below one, at which one draw is certain, are expected to have `h` draws up to
  /// them, by `h`.
  private double[] ones(int level) {
    var ones = new double[draws + 1];
    int k = 0;
    CountLaw upTo = CountLaw.point(0);
    int at = -1; // the level up to which that is
    for (int l = 0; l < level; l++) {
      if (k < levels.size() && levels.get(k).index == l) {
        upTo = levels.get(k++).upTo;
        at = l;
      } else {
        double[] chances = upTo.chances();
        for (int i = 0; i < chances.length; i++) {
          ones[upTo.first() + l - at + i] += chances[i];
        }
      }
    }
    return ones;
  }
}
