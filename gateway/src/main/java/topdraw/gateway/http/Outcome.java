package topdraw.gateway.http;

import java.util.Map;

/// What the log says of a request beside who asked and how long it took.
///
/// @param words names and numbers; no text of the caller's or the model's
record Outcome(Map<String, Object> words) {
  Outcome {
    words = Map.copyOf(words);
  }
}
