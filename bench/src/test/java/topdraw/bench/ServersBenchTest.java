package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServersBenchTest {
  /// Each side gets every completion, or the bench says what is wrong.
  @Test
  void oursAndTheBareLoopAskAServerTheSame() throws IOException {
    List<String> told = new ArrayList<>();
    ServersBench bench = new ServersBench(1, Optional.empty(), told::add);
    try (ServerProcess server = ServerProcess.fast(Duration.ZERO)) {
      ServersBench.Rates rates = bench.rates("quick", server.url(), 4, 40, 8);
      assertThat(rates.ours()).isPositive();
      assertThat(rates.toBare()).singleElement().satisfies(r -> assertThat(r).isPositive());
      assertThat(rates.hey()).isNull();
      assertThat(rates.processorSeconds()).isPositive();
    }
    assertThat(told).singleElement().asString().startsWith("quick, round 1: ");
  }

  @Test
  void whatHeySaysIsReadAndHeldToEveryAnswer() throws IOException {
    String said =
        "Summary:\n  Requests/sec:\t1204.5\nStatus code distribution:\n  [200]\t%d responses\n";
    assertThat(HeyLoad.rate(said.formatted(40), 40)).isEqualTo(1204.5);
    assertThatThrownBy(() -> HeyLoad.rate(said.formatted(39), 40))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("hey did not get 40 answers");
  }

  @Test
  void theReportSaysRatesRatiosAndMemory() {
    var rates =
        new ServersBench.Rates(
            "quick", 8, 64, 98, 100, 99.0, List.of(.97, .98, .99), List.of(.99), .41, .2);
    var report =
        new ServersBenchCommand.Report(
            3,
            List.of(rates),
            new ServersBench.Memory(256, 1024, OptionalLong.of(180L << 20)),
            new ServersBench.Tail(4000, 3960, List.of(.99)));
    StringWriter text = new StringWriter();
    ServersBenchCommand.print(report, new PrintWriter(text, true));
    assertThat(text.toString())
        .contains("quick: 64 completions, 8 under way")
        .containsPattern("topdraw +98\\.0 +0\\.41 s of processor time for 1,000")
        .containsPattern(
            "bare loop +100\\.0 +0\\.20 s .* topdraw to it 0\\.98 \\(0\\.97 to 0\\.99\\)")
        .containsPattern("hey +99\\.0 +topdraw to it 0\\.99")
        .contains("256 under way, 1024 in all: peak of the process 180 MiB")
        .contains("alone 4000, beside one that takes a second for each 3960, ratio 0.99");
  }
}
