package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            "drawn 3 of 128 completions, 1000 tokens, 100 a second",
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

  /// The clock is moved: a completion takes between half and one and a half times the mean, in
  /// waves. From the first quarter on, the time left is right within a factor of two.
  @Test
  void fromAQuarterOnTheTimeLeftIsRightWithinAFactorOfTwo() {
    StringWriter err = new StringWriter();
    AtomicLong clock = new AtomicLong();
    int total = 400;
    double[] at = new double[total + 1];
    for (int i = 1; i <= total; i++) {
      at[i] = at[i - 1] + 10 + 5 * Math.sin(i / 20.0);
    }
    try (DrawMeter meter = DrawMeter.plain(new PrintWriter(err, true), clock::get, total, 0)) {
      for (int i = 1; i <= total; i++) {
        clock.set((long) (1e9 * at[i]));
        meter.drawn(i, i);
      }
    }
    List<String> lines = err.toString().lines().toList();
    int told = 0;
    for (String line : lines) {
      Matcher found = Pattern.compile("drawn (\\d+) of .* (\\d+) (s|min) left").matcher(line);
      if (found.find()) {
        int i = Integer.parseInt(found.group(1));
        double left = Integer.parseInt(found.group(2)) * (found.group(3).equals("s") ? 1 : 60);
        assertThat(i).isGreaterThanOrEqualTo(total / 4);
        assertThat(left / (at[total] - at[i])).as(line).isBetween(0.5, 2.0);
        told++;
      }
    }
    assertThat(told).isGreaterThan(total / 2);
    assertThat(lines.getFirst()).doesNotContain("left");
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
