package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DownloadBarTest {
  private final StringWriter err = new StringWriter();

  @Test
  void withoutATerminalALineComesForEachQuarter() {
    download(false);

    assertThat(err.toString().lines())
        .containsExactly(
            "from here", "25 of 100 MB", "50 of 100 MB", "75 of 100 MB", "100 of 100 MB");
  }

  @Test
  void onATerminalTheBarStaysOnItsLine() {
    download(true);

    assertThat(err.toString()).startsWith("from here").contains("\r", "100/100MB");
    assertThat(err.toString().lines().filter(line -> line.endsWith("MB"))).isEmpty();
  }

  private void download(boolean live) {
    try (var bar = new DownloadBar(new PrintWriter(err), live)) {
      bar.note("from here");
      for (int i = 0; i <= 100; i++) bar.bytes(i * 1_000_000L, 100_000_000);
    }
  }
}
