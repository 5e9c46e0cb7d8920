package topdraw.provider;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/// What of the world a provided thing may use. It asks here instead of taking it, so that a test or
/// a service can give it another.
///
/// @param secrets what a setting of the environment holds, as a key to a server, by its name
/// @param clock the time
/// @param http makes a client of web servers
public record Surroundings(
    Function<String, Optional<String>> secrets, Clock clock, Supplier<HttpClient> http) {
  /// Long enough for a server far away.
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /// A program's own surroundings.
  ///
  /// @param environment its environment variables
  /// @return these, the system's clock, and a client that follows no redirection
  public static Surroundings of(Map<String, String> environment) {
    return new Surroundings(
        name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()),
        Clock.systemUTC(),
        () ->
            HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                // Its own threads are as many as answers have ever come at once.
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
  }
}
