package topdraw.recordings.imports;

/// A row that holds no draw and says so: a request that failed, a second reading of the same
/// responses. It is counted and named, and no sign of a file that is misread.
final class PassedOver extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  PassedOver(String message) {
    super(message);
  }
}
