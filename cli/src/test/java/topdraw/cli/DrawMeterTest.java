package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DrawMeterTest {
  @Test
  void awayFromATerminalALineIsWrittenEveryTenSeconds() {
    StringWriter err = new StringWriter();
    AtomicLong clock = new AtomicLong();
    try (DrawMeter meter = DrawMeter.plain(new PrintWriter(err, true), clock::get, 128, 0)) {
      meter.drawn(1, 100);
      clock.set(10_000_000_000L);
      meter.drawn(3, 1_000);
      clock.set(12_000_000_000L);
      meter.drawn(64, 2_000);
      clock.set(20_000_000_000L);
      meter.drawn(66, 3_000);
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "drawn 3 of 128 completions, 1000 tokens, 100 a second, 6 min left",
            "drawn 66 of 128 completions, 3000 tokens, 150 a second, 19 s left");
  }

  @Test
  void whatWasDrawnEarlierCountsButTookNoTimeNow() {
    StringWriter err = new StringWriter();
    AtomicLong clock = new AtomicLong();
    try (DrawMeter meter = DrawMeter.plain(new PrintWriter(err, true), clock::get, 128, 100)) {
      clock.set(10_000_000_000L);
      meter.drawn(8, 1_000);
    }
    assertThat(err.toString().strip())
        .isEqualTo("drawn 108 of 128 completions, 1000 tokens, 100 a second, 25 s left");
  }

  @Test
  void noTotalIsClaimedWhereThereIsNoneAndNoneThatIsPassed() {
    assertThat(lineAfter(0, 32)).isEqualTo("drawn 32 completions, 1000 tokens, 100 a second");
    assertThat(lineAfter(16, 32)).isEqualTo("drawn 32 completions, 1000 tokens, 100 a second");
    assertThat(lineAfter(32, 32))
        .isEqualTo("drawn 32 of 32 completions, 1000 tokens, 100 a second");
  }

  private static String lineAfter(int total, int drawn) {
    StringWriter err = new StringWriter();
    AtomicLong clock = new AtomicLong();
    try (DrawMeter meter = DrawMeter.plain(new PrintWriter(err, true), clock::get, total, 0)) {
      clock.set(10_000_000_000L);
      meter.drawn(drawn, 1_000);
    }
    return err.toString().strip();
  }
}
