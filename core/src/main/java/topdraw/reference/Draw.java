package topdraw.reference;

/// One completion to be drawn: completion `index` of a prompt.
///
/// @param prompt what is asked
/// @param index which completion of it, from 0
public record Draw(Prompt prompt, int index) {
  /// Refuses a negative index.
  public Draw {
    if (index < 0) {
      throw new IllegalArgumentException("index counts from 0, was " + index);
    }
  }
}
