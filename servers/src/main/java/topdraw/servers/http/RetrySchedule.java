package topdraw.servers.http;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a question is asked again. Half a second, doubled at each try up to eight, up to a quarter
/// less by chance, so that those who failed together do not come back together; longer where the
/// server asks for it, within limits. A try that would have less time than that is not made: it
/// would tell of the deadline, and no longer of what is wrong.
///
/// @param settings the limits
/// @param budget what may be asked again at all
/// @param random spreads the tries
record RetrySchedule(ClientSettings settings, RetryBudget budget, RandomGenerator random) {
  private static final double FIRST = 0.5;
  private static final double LONGEST = 8;
  private static final double SPREAD = 0.25;

  /// What to do about a failure: wait and ask again, or give up and say why.
  sealed interface Next {
    record Wait(Duration time) implements Next {}

    record GiveUp(Failure failure) implements Next {}
  }

  /// Decides.
  ///
  /// @param failure what went wrong
  /// @param tries how often was asked so far, at least 1
  /// @param left what is left until the deadline
  Next next(Failure failure, int tries, Duration left) {
    Failure told = failure.afterTries(tries);
    if (!failure.retry() || tries > settings.retries()) return new Next.GiveUp(told);
    Duration own = backoff(tries);
    Duration wait = wait(failure.after(), own);
    if (wait.plus(own).compareTo(left) >= 0) {
      return new Next.GiveUp(
          told.saying(
              "; the deadline of " + Times.of(settings.deadline()) + " allows no further try"));
    }
    return budget.take()
        ? new Next.Wait(wait)
        : new Next.GiveUp(told.saying("; too much has been asked again already"));
  }

  private Duration backoff(int tries) {
    double seconds = Math.min(LONGEST, FIRST * Math.scalb(1.0, Math.min(tries - 1, 10)));
    return Duration.ofNanos((long) (1e9 * seconds * (1 - SPREAD * random.nextDouble())));
  }

  private Duration wait(Optional<Duration> asked, Duration own) {
    Duration longer = asked.filter(time -> time.compareTo(own) > 0).orElse(own);
    return longer.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : longer;
  }
}
