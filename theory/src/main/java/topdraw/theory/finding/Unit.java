package topdraw.theory.finding;

/// What a number counts. The words are written to files and printed after numbers.
public enum Unit {
  /// Natural units of information.
  NATS("nats"),
  /// A chance or a share, in `[0, 1]`.
  PROBABILITY("probability"),
  /// A correlation, in `[-1, 1]`.
  CORRELATION("correlation"),
  /// A number of no unit.
  NUMBER("number"),
  /// Whatever the reward is measured in.
  REWARD("reward"),
  /// Completions drawn.
  DRAWS("draws"),
  /// Tokens, the end token included.
  TOKENS("tokens"),
  /// Seconds of drawing.
  SECONDS("seconds"),
  /// Reward gained for each square root of a nat.
  REWARD_PER_ROOT_NAT("reward per sqrt(nat)"),
  /// Reward lost for each nat.
  REWARD_PER_NAT("reward per nat");

  private final String word;

  Unit(String word) {
    this.word = word;
  }

  /// The word as it is printed and written to files.
  ///
  /// @return such as `nats`
  public String word() {
    return word;
  }
}
