package topdraw.gateway.ledger;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The database of the drift ledger cannot be written or read now: the disk is full, another
/// program holds the file, the server does not answer. One line that says which and why. Nothing
/// may be served that this stood in the way of debiting.
public final class LedgerException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
