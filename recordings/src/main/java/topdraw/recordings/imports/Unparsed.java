package topdraw.recordings.imports;

/// A line that is no JSON.
final class Unparsed extends Exception {
  private static final long serialVersionUID = 1;

  Unparsed(String why, Throwable cause) {
    super(why, cause);
  }
}
