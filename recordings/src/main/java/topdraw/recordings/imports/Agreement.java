package topdraw.recordings.imports;

import java.util.List;
import topdraw.draw.Score;

/// How far several raters of one completion agree.
final class Agreement {
  private long completions;
  private long views;
  private double within;
  private double total;
  private double sum;

  void add(List<PartDraw> rated) {
    double[] scores =
        rated.stream()
            .map(view -> view.draw().score())
            .filter(Score.Value.class::isInstance)
            .mapToDouble(Score::rank)
            .toArray();
    double mean = 0;
    for (double score : scores) {
      mean += score / scores.length;
      sum += score;
      total += score * score;
    }
    views += scores.length;
    completions += scores.length > 0 ? 1 : 0;
    for (double score : scores) {
      within += (score - mean) * (score - mean);
    }
  }

  /// The views of a completion, and how far they lie apart.
  String words() {
    if (views == completions || views == 0) {
      return "one rater for each completion";
    }
    double apart = Math.sqrt(within / (views - completions));
    double all = Math.sqrt(Math.max(0, total / views - sum / views * (sum / views)));
    return "raters: %.3g views of each completion; within a completion they differ by %.3g (standard deviation), over all by %.3g"
        .formatted((double) views / completions, apart, all);
  }
}
