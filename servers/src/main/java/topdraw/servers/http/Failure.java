package topdraw.servers.http;

import java.time.Duration;
import java.util.Optional;

/// Why a server gave no answer that can be used.
///
/// @param kind of what kind it is
/// @param line one line for a person: the server, what happened, what it said; no key in it
/// @param status the status it answered with; 0 where it answered nothing
/// @param body what it said, as far as that is one line; empty where it said nothing
/// @param retry whether the same question may be answered another time
/// @param after how long the server asks to be left alone, where it does
public record Failure(
    Kind kind, String line, int status, String body, boolean retry, Optional<Duration> after) {

  /// What can go wrong.
  public enum Kind {
    /// Nobody listens there, or the name is unknown.
    UNREACHABLE,
    /// A time limit passed.
    TIMED_OUT,
    /// The connection or the answer broke off.
    BROKEN,
    /// It does not like the question: 400, 404, 413, 422 and the like.
    REFUSED,
    /// The key is missing, wrong or not allowed that: 401, 403.
    NOT_ALLOWED,
    /// It has too much to do, or one has asked too often: 429, 503.
    BUSY,
    /// It failed: 500 and the like.
    SERVER_ERROR,
    /// It answered what is no JSON, or more than is read.
    UNREADABLE
  }

  /// Whether no whole answer came, so that nothing is known of what the server makes of the
  /// question.
  ///
  /// @return whether nobody was reached, a limit passed or the connection broke
  public boolean unanswered() {
    return switch (kind) {
      case UNREACHABLE, TIMED_OUT -> true;
      case BROKEN -> status == 0; // else a whole answer came, and was no completion
      case REFUSED, NOT_ALLOWED, BUSY, SERVER_ERROR, UNREADABLE -> false;
    };
  }

  /// The same failure, told with how often was asked.
  Failure afterTries(int tries) {
    return tries < 2
        ? this
        : new Failure(kind, line + " (asked " + tries + " times)", status, body, retry, after);
  }

  /// The same failure with more said.
  Failure saying(String more) {
    return new Failure(kind, line + more, status, body, retry, after);
  }
}
