package topdraw.gateway.ledger;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands where it is put.
final class Seconds implements InstantSource {
  private long seconds;

  void set(long since1970) {
    seconds = since1970;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(seconds);
  }
}
