package topdraw.bench;

/// What else computes the law of best-of-n.
enum TheoryPeer {
  /// numpy, with the stable formulas of the Java side.
  NUMPY("numpy"),

  /// SciPy, with its special functions.
  SCIPY("scipy");

  private final String label;

  TheoryPeer(String label) {
    this.label = label;
  }

  /// The word by which it is asked for.
  @Override
  public String toString() {
    return label;
  }
}
