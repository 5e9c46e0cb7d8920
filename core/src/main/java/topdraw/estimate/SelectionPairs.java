package topdraw.estimate;

import java.util.ArrayList;
import java.util.List;
import topdraw.draw.PromptDraws;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// Prompts that were selected from in two ways, and what is found of them all at each n.
public final class SelectionPairs {
  private static final Interval RATES = new Interval(0, 1);
  private static final Interval DIFFERENCES = new Interval(-1, 1);

  private record Pair(SelectedGold.Expected first, SelectedGold.Expected second, long order) {
    int reach() {
      return Math.min(first.values().length, second.values().length);
    }
  }

  private final SelectedGold grid;
  private final boolean sameDraws;
  private final Confidence confidence;
  private final List<Pair> pairs = new ArrayList<>();

  /// No pairs yet.
  ///
  /// @param grid the values of n that both were asked for
  /// @param sameDraws whether both select among the same draws: at n = 1 they are then the same
  /// @param confidence of the intervals
  public SelectionPairs(SelectedGold grid, boolean sameDraws, Confidence confidence) {
    this.grid = grid;
    this.sameDraws = sameDraws;
    this.confidence = confidence;
  }

  /// Adds a prompt.
  ///
  /// @param key its key
  /// @param first what the first way gives
  /// @param second what the second gives
  public void add(String key, SelectedGold.Expected first, SelectedGold.Expected second) {
    pairs.add(new Pair(first, second, PromptDraws.order(key)));
  }

  /// How many prompts there are.
  ///
  /// @return 0 or more
  public int prompts() {
    return pairs.size();
  }

  /// How many draws they have.
  ///
  /// @return those of both where there are two recordings
  public long samples() {
    return pairs.stream().mapToLong(this::samples).sum();
  }

  /// The mean number of draws of a prompt.
  ///
  /// @return the smaller of both, rounded down
  public long draws() {
    long first = pairs.stream().mapToLong(pair -> pair.first().draws()).sum();
    long second = pairs.stream().mapToLong(pair -> pair.second().draws()).sum();
    return Math.min(first, second) / Math.max(1, pairs.size());
  }

  private long samples(Pair pair) {
    return sameDraws ? pair.first().draws() : pair.first().draws() + pair.second().draws();
  }

  /// The curve: as far as at least half of the prompts have as many draws in both, or as was asked.
  ///
  /// @return the findings by n, in rising order; empty where no prompt has so many draws
  public List<AtN> curve() {
    int most = pairs.stream().mapToInt(Pair::reach).max().orElse(0);
    int[] ns = grid.upTo(Integer.MAX_VALUE);
    List<AtN> curve = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int at = i;
      List<Pair> reach = pairs.stream().filter(pair -> pair.reach() > at).toList();
      if (!grid.grid().isEmpty() || 2 * reach.size() >= pairs.size()) {
        curve.add(new AtN(ns[i], reach.size(), findings(reach, i, ns[i])));
      }
    }
    return curve;
  }

  private List<Finding> findings(List<Pair> reach, int i, int n) {
    boolean rates = reach.stream().allMatch(pair -> pair.first().rates() && pair.second().rates());
    var difference = new PromptMean();
    var first = new PromptMean();
    var second = new PromptMean();
    for (Pair pair : reach) {
      double one = pair.first().values()[i];
      double other = pair.second().values()[i];
      difference.add(other - one, samples(pair), pair.order());
      first.add(one, pair.first().draws(), pair.order());
      second.add(other, pair.second().draws(), pair.order());
    }
    Interval any = Quantity.GOLD_REWARD.range();
    return List.of(
        n == 1 && sameDraws
            ? Finding.exact(Quantity.REWARD_DIFFERENCE, 0, PairedSelection.DIFFERENCE)
            : finding(
                Quantity.REWARD_DIFFERENCE,
                difference,
                rates ? DIFFERENCES : any,
                PairedSelection.DIFFERENCE),
        finding(Quantity.GOLD_REWARD, first, rates ? RATES : any, PairedSelection.OF_FIRST),
        finding(Quantity.GOLD_REWARD, second, rates ? RATES : any, PairedSelection.OF_SECOND));
  }

  private Finding finding(Quantity quantity, PromptMean mean, Interval range, Estimator source) {
    return mean.finding(quantity, Role.VALUE, range, source, confidence);
  }
}
