package topdraw.servers;

import java.util.Optional;

/// What is drawn from servers.
public interface Served {

  /// Why none of its draws has a log-probability that proves something.
  ///
  /// @return the reason; empty where one may have
  Optional<String> noLogProbability();
}
