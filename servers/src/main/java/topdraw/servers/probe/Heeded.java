package topdraw.servers.probe;

/// Whether a server does as it is told.
public enum Heeded {
  /// It does.
  YES("yes"),
  /// It does not.
  NO("no"),
  /// Its answers do not say.
  UNKNOWN("unknown");

  private final String word;

  Heeded(String word) {
    this.word = word;
  }

  /// For a person, and for machines.
  ///
  /// @return a word
  public String word() {
    return word;
  }

  static Heeded of(boolean heeded) {
    return heeded ? YES : NO;
  }
}
