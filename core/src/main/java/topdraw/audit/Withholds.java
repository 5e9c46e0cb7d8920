package topdraw.audit;

/// Which numbers a finding of the audit forbids.
public enum Withholds {
  /// None: it is said beside them.
  NOTHING,
  /// Those that rest on the log-probabilities.
  LOG_PROBABILITIES,
  /// Those that need several draws of a prompt: KL divergence and win rate, the textbook's
  /// included.
  SEVERAL_DRAWS,
  /// All that need independent draws of one policy: those of [#SEVERAL_DRAWS], and every mean.
  INDEPENDENCE;

  /// Whether numbers of another kind are forbidden with these.
  boolean covers(Withholds other) {
    return this == other || (this == INDEPENDENCE && other == SEVERAL_DRAWS);
  }
}
