package topdraw.llama.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          600,
          Duration.ofSeconds(1),
          1);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

  /// A byte a second never stands still, and would take 3 years for the default model.
  @Test
  void aByteASecondIsGivenUpAfterAMinute() {
    var pace = new Pace(LIMITS, clock::get);

    assertThatCode(() -> seconds(pace, 59, 1)).doesNotThrowAnyException();
    assertThatIOException()
        .isThrownBy(() -> seconds(pace, 1, 1))
        .withMessage("60 bytes in 60.0 s, too slow to wait for; run it again to go on");
  }

  @Test
  void justFastEnoughIsWaitedForHoweverLongItTakes() {
    var pace = new Pace(LIMITS, clock::get);

    assertThatCode(() -> seconds(pace, 3600, 10)).doesNotThrowAnyException();
    assertThatIOException().isThrownBy(() -> seconds(pace, 60, 9));
  }

  private void seconds(Pace pace, int seconds, int bytes) throws Exception {
    for (int i = 0; i < seconds; i++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      pace.add(bytes);
    }
  }
}
