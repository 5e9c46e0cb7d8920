package topdraw.theory.pool;

/// The means of a value over each level of a pool; made by [Pool#levelMeans], for many `n` at once.
public final class LevelMeans {
  private final double[] ofLevels;

  LevelMeans(double[] ofLevels) {
    this.ofLevels = ofLevels;
  }

  double[] ofLevels() {
    return ofLevels;
  }
}
