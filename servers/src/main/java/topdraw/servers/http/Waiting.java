package topdraw.servers.http;

import java.time.Duration;

/// The passing of time, by a clock that nobody sets.
interface Waiting {
  Waiting REAL =
      new Waiting() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /// Nanoseconds since some moment.
  long nanos();

  void sleep(Duration time) throws InterruptedException;
}
