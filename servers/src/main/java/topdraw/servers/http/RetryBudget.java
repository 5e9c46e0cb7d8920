package topdraw.servers.http;

/// How much of the traffic may be asked again: a fifth, and a handful to begin with, so that one
/// question alone can be. When a server is down for everyone, tries again must not become most of
/// what it sees.
final class RetryBudget {
  private static final int HUNDREDTHS = 100;
  private static final int A_QUESTION = 20;
  private static final int HANDFUL = 10 * HUNDREDTHS;
  private static final int MOST = 100 * HUNDREDTHS;

  private int balance = HANDFUL;

  /// A question is asked for the first time.
  synchronized void asked() {
    balance = Math.min(MOST, balance + A_QUESTION);
  }

  /// Takes one try.
  ///
  /// @return false where none is left
  synchronized boolean take() {
    if (balance < HUNDREDTHS) return false;
    balance -= HUNDREDTHS;
    return true;
  }
}
