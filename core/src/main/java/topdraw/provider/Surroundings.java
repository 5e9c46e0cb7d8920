package topdraw.provider;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What of the world a provided thing may use. It asks here instead of taking it, so that a test or
/// a service can give it another.
///
/// @param secrets what a setting of the environment holds, as a key to a server, by its name
/// @param clock the time
public record Surroundings(Function<String, Optional<String>> secrets, Clock clock) {
  /// A program's own surroundings.
  ///
  /// @param environment its environment variables
  /// @return these, and the system's clock
  public static Surroundings of(Map<String, String> environment) {
    return new Surroundings(
        name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()),
        Clock.systemUTC());
  }
}
