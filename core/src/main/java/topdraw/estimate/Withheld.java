package topdraw.estimate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is not computed, and why: each reason once, with all it forbids.
final class Withheld {
  private final Map<String, Set<String>> byReason = new LinkedHashMap<>();

  void add(String what, String reason) {
    byReason.computeIfAbsent(reason, _ -> new LinkedHashSet<>()).add(what);
  }

  /// A sentence a reason.
  List<String> sentences() {
    return byReason.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }
}
