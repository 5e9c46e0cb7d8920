package topdraw.servers.http;

import java.io.Serial;

/// A server gave no answer that can be used, after all that was tried.
public final class ServerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Failure failure;

  /// A failure to throw.
  ///
  /// @param failure what went wrong
  public ServerException(Failure failure) {
    // No cause: those of the JDK's client quote headers and addresses.
    super(failure.line());
    this.failure = failure;
  }

  /// What went wrong.
  ///
  /// @return the failure
  public Failure failure() {
    return failure;
  }
}
