package topdraw.theory.confidence;

import topdraw.theory.finding.Evidence;

/// How an interval for a mean was found, and what it is worth.
public enum IntervalMethod {
  /// Clopper-Pearson's limits at an effective sample size. Source: Korn and Graubard (1998).
  EFFECTIVE_SAMPLE("beta interval, effective sample size", Evidence.ESTIMATE),
  /// Clopper-Pearson on all draws together, through a monotone function where there is one.
  POOLED_DRAWS("Clopper-Pearson on all draws", Evidence.THEOREM),
  /// Clopper-Pearson on each prompt, all at once.
  EACH_PROMPT("Clopper-Pearson on each prompt", Evidence.THEOREM),
  /// An effective sample size from the noise of drawing.
  BINOMIAL_OVER_DRAWS("binomial over draws", Evidence.ESTIMATE),
  /// A spread from leaving out draws, with one that did not come.
  JACKKNIFE("jackknife over draws", Evidence.ESTIMATE),
  /// Student's interval and that of a transformed t. Source: Hall (1992).
  T_AND_HALL("t and Hall's transformation", Evidence.ESTIMATE),
  /// [Betting] on values in an order that says nothing of them.
  BETTING("betting", Evidence.THEOREM);

  private final String title;
  private final Evidence evidence;

  IntervalMethod(String title, Evidence evidence) {
    this.title = title;
    this.evidence = evidence;
  }

  /// What people read.
  ///
  /// @return the name of the method
  public String title() {
    return title;
  }

  /// What an end of the interval is.
  ///
  /// @return theorem or estimate
  public Evidence evidence() {
    return evidence;
  }
}
