package topdraw.servers.reward;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerAddress;

/// How long a server that answers nothing is asked on: a few questions in a row. Safe for many
/// threads.
final class Patience {
  /// Questions in a row without an answer after which nothing more is asked.
  static final int MOST = 3;

  private final ServerAddress server;
  private final AtomicInteger unanswered = new AtomicInteger();

  Patience(ServerAddress server) {
    this.server = server;
  }

  /// Why nothing is asked any more; empty while there is patience.
  Optional<String> over() {
    return unanswered.get() < MOST
        ? Optional.empty()
        : Optional.of(server + " gave no answer " + MOST + " times in a row; not asked again");
  }

  void answered() {
    unanswered.set(0);
  }

  /// Takes note of a failure.
  ///
  /// @return whether it lies in what was asked, which is an answer too
  boolean failed(Failure failure) {
    boolean content = failure.status() == 400 || failure.status() == 413 || failure.status() == 422;
    if (content) answered();
    else unanswered.incrementAndGet();
    return content;
  }
}
