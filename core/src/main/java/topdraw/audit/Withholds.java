package topdraw.audit;

/// Which numbers a finding of the audit forbids.
public enum Withholds {
  /// None: it is said beside them.
  NOTHING,
  /// Those that rest on the log-probabilities.
  LOG_PROBABILITIES,
  /// Those that need several independent draws of one policy: KL divergence and win rate, the
  /// textbook's included.
  INDEPENDENCE
}
