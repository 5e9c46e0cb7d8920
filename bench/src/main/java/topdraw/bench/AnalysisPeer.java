package topdraw.bench;

/// What else makes estimates of recorded samples.
enum AnalysisPeer {
  /// numpy, with pandas to read and group.
  PANDAS(
      "pandas",
      AnalysisWork.EVERYTHING,
      "the same estimates with intervals, of drift the biased ones; no audit, no certificates, no"
          + " rewind-and-repeat"),

  /// numpy, with Polars to read and group.
  POLARS(
      "polars",
      AnalysisWork.EVERYTHING,
      "the same estimates with intervals, of drift the biased ones; no audit, no certificates, no"
          + " rewind-and-repeat"),

  /// The estimator of best-of-n as papers publish it.
  ESTIMATOR(
      "estimator",
      AnalysisWork.REWARDS,
      "mean rewards over subsets, as Nakano et al. (2021) weigh them, prompt by prompt, n by n;"
          + " no interval, win rate or audit"),

  /// scorio.
  SCORIO(
      "scorio",
      AnalysisWork.PASSES,
      "pass@k and pass^k of a matrix of 0 and 1; no interval over prompts, win rate or audit");

  private final String label;
  private final AnalysisWork work;
  private final String way;

  AnalysisPeer(String label, AnalysisWork work, String way) {
    this.label = label;
    this.work = work;
    this.way = way;
  }

  /// What ours is asked beside it.
  AnalysisWork work() {
    return work;
  }

  /// What it computes and what it leaves out.
  String way() {
    return way;
  }

  /// The word by which it is asked for.
  @Override
  public String toString() {
    return label;
  }
}
