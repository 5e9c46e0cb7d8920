package topdraw.gateway.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits that an interrupt does not end; it is kept for whoever comes after.
final class Waiting {
  private Waiting() {}

  /// What came of a piece of work.
  static <T> T forAnswer(CompletableFuture<T> answer) throws LedgerException {
    try {
      return answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case LedgerException failed -> throw failed;
        case RuntimeException refused -> throw refused;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  static void forEnd(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
