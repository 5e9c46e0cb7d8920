package topdraw.golden;

/// Whether something happened as often as it must, within four standard deviations on either side.
///
/// @param chance with which it must happen in one run
/// @param runs how many independent runs there are
/// @param known in how many runs the chance itself was found; infinite where it was calculated
public record Criterion(double chance, long runs, double known) {
  static Criterion exact(double chance, long runs) {
    return new Criterion(chance, runs, Double.POSITIVE_INFINITY);
  }

  public boolean accepts(long count) {
    double variance = chance * (1 - chance) * (1.0 / runs + 1 / known);
    return Math.abs((double) count / runs - chance) <= 4 * Math.sqrt(variance);
  }
}
