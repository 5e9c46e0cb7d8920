package topdraw.servers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Which settings a server takes, learnt from what it refuses. A setting that changes nothing is
/// left out from then on; one that decides what is drawn is not given up, and the refusal stands.
final class Taken {
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "unexpected|unknown|unrecogni[sz]ed|unsupported|not (supported|permitted|allowed|available)"
              + "|extra|does not support|not a valid|must not|cannot be used",
          Pattern.CASE_INSENSITIVE);

  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /// The settings to send.
  List<Field> of(List<Field> fields) {
    return fields.stream().filter(field -> !refused.contains(field.name())).toList();
  }

  /// Whether one of some settings is not taken, so that it has the server's default.
  boolean refuses(Set<String> names) {
    return names.stream().anyMatch(refused::contains);
  }

  /// Learns from a refusal.
  ///
  /// @param said what the server said
  /// @param sent what was sent
  /// @return whether the same question without something may be taken
  /// @throws NeededException if it refuses what cannot be left out
  boolean learn(String said, List<Field> sent) {
    if (!UNKNOWN.matcher(said).find()) return false;
    List<Field> named = sent.stream().filter(field -> names(said, field.name())).toList();
    Optional<Field> needed = named.stream().filter(field -> !field.free()).findFirst();
    if (needed.isPresent()) throw new NeededException(needed.get());
    boolean learnt = false;
    for (Field field : named) {
      learnt |= refused.add(field.name());
      // The one asks how many of the other.
      if (field.name().equals("logprobs")) refused.add("top_logprobs");
    }
    return learnt;
  }

  private static boolean names(String said, String field) {
    return Pattern.compile("(?<![a-z_])" + Pattern.quote(field) + "(?![a-z_])")
        .matcher(said.toLowerCase(Locale.ROOT))
        .find();
  }

  /// A server refuses a setting without which it would draw from another policy.
  static final class NeededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeededException(Field field) {
      super(
          "takes no "
              + field.name()
              + ", so it cannot draw with "
              + field.name()
              + " "
              + field.value()
              + "; leave that out, or ask another server");
    }
  }
}
