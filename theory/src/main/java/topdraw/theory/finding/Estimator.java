package topdraw.theory.finding;

/// What made a number: a theorem, an equation, an estimator. Each stands as a constant beside the
/// code that computes it; two with one id are the same.
///
/// @param id a name for programs, which stays: lower case, digits and `_`, and `:` before what it
///   is made from
/// @param title what people read
public record Estimator(String id, String title) {
  /// Checks the id.
  public Estimator {
    if (!id.matches("[a-z0-9_]+(:[a-z0-9_]+)*")) {
      throw new IllegalArgumentException(
          "the id of an estimator is of lower-case letters, digits and _, was '" + id + "'");
    }
  }

  /// This estimator under words that fit another place.
  ///
  /// @param words what people read there
  /// @return the same estimator
  public Estimator titled(String words) {
    return new Estimator(id, words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Estimator that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /// The title.
  @Override
  public String toString() {
    return title;
  }
}
