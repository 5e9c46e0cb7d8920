package topdraw.recordings.imports;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Gives each prompt a name of its own, in the order in which prompts come: what it is called, and
/// where another was called so before, that with `#2`, `#3`, … as in a prompt file.
final class PromptNames {
  private final Digests given = new Digests();

  /// Of the names that came again, the number of the last prompt.
  private final Map<String, Integer> last = new HashMap<>();

  /// @param key what the next prompt is called
  String next(String key) {
    String name = key;
    while (!given.add(name.getBytes(StandardCharsets.UTF_8))) {
      name = key + "#" + last.merge(key, 2, (before, two) -> before + 1);
    }
    return name;
  }
}
