package topdraw.reference;

import topdraw.draw.Prompt;

/// One completion to be drawn: completion `index` of a prompt.
///
/// @param prompt what is asked
/// @param index which completion of it, from 0
public record Request(Prompt prompt, int index) {
  /// Refuses a negative index.
  public Request {
    if (index < 0) {
      throw new IllegalArgumentException("index counts from 0, was " + index);
    }
  }
}
