package topdraw.bench;

import java.util.List;

/// What `topdraw analyze` is asked, so that it does no less than a peer beside it.
enum AnalysisWork {
  /// Best-of-n and early stop, drift and win rate, tokens, rewind-and-repeat.
  EVERYTHING("everything", "rewards, drift, win rate, tokens, early stop, rewind-and-repeat"),

  /// The rewards alone, without what the peers do not read.
  REWARDS("rewards", "rewards and win rate"),

  /// Right and wrong.
  PASSES("passes", "pass@k, pass^k, win rate of 0 and 1");

  private final String label;
  private final String way;

  AnalysisWork(String label, String way) {
    this.label = label;
    this.way = way;
  }

  /// What ours computes besides audits, intervals and certificates, which it always does.
  String way() {
    return way;
  }

  /// The options of `topdraw analyze`.
  ///
  /// @param threshold where early stop accepts, if that is asked
  List<String> options(double threshold) {
    return switch (this) {
      case EVERYTHING -> List.of("--threshold=" + threshold);
      case REWARDS -> List.of("--map=log_p=,tokens=,text=,finish=");
      case PASSES -> List.of("--map=reward=correct,log_p=,tokens=,text=,finish=");
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
