package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class GatewayBenchTest {
  @TempDir private Path folder;

  /// Each side gets every answer, or the bench says what is wrong.
  @Test
  void whatTheGatewayAddsIsMeasuredAndACrowdHoldsNobodyUp() throws IOException {
    List<String> told = new ArrayList<>();
    GatewayBench bench = new GatewayBench(folder, 2, 1, told::add);
    ConstantRate load = new ConstantRate(20, 20);
    try (ServerProcess upstream = ServerProcess.fast(Duration.ofMillis(5))) {
      GatewayBench.Rate rate = bench.rate(upstream, true, load);
      assertThat(rate.direct().median()).isGreaterThanOrEqualTo(5);
      assertThat(rate.addedMedian()).hasSize(1);
      assertThat(rate.gateway().median()).isGreaterThan(5);
      assertThat(rate.processorMillis()).isPositive();
      GatewayBench.Crowd crowd = bench.crowd(upstream, 50, 2, load);
      assertThat(crowd.answers().tail()).isGreaterThanOrEqualTo(crowd.answers().median());
      assertThat(crowd.peakBytes()).isPositive();
    }
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).startsWith("with a ledger, round 1: ");
  }

  @Test
  void everyStreamIsSeenToItsEndWhileAllAreOpen() throws IOException {
    GatewayBench.Streams streams = new GatewayBench(folder, 2, 1, _ -> {}).streams(20);
    assertThat(streams.streams()).isEqualTo(20);
    assertThat(streams.peakBytes()).isGreaterThan(1 << 20);
  }

  /// Under faults and after two kills the ledger holds all that clients were told.
  @Test
  void theLedgerAddsUpAfterFaultsAndKills() throws IOException {
    GatewaySoak.Report report =
        new GatewaySoak(folder, 2, 20, Duration.ofSeconds(9), _ -> {}).run();
    assertThat(report.addsUp()).as(report.toString()).isTrue();
    assertThat(report.told()).as(report.toString()).isPositive();
    assertThat(report.asked())
        .isEqualTo(report.answered() + report.left() + report.errors() + report.down());
    assertThat(report.samples().getLast().vitals().threads()).isPositive();
  }

  @Test
  void anAuditMissesWhatWasToldAndIsNotThere() {
    var audit = new LedgerAudit(List.of(.5, .5, .25), List.of(Instant.EPOCH), true);
    assertThat(audit.holds(List.of(.5, .25))).isTrue();
    assertThat(audit.holds(List.of(.25, .25))).isFalse();
    assertThat(audit.holds(List.of(Math.nextUp(.5)))).isFalse();
  }

  /// A server that halts is charged with all who were due meanwhile.
  @Test
  void timesCountFromWhenAQuestionWasDue() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Latencies latencies =
        new ConstantRate(1000, 100)
            .of(
                _ -> {
                  asked.incrementAndGet();
                  synchronized (asked) { // one after the other, 2 ms each
                    pause();
                  }
                });
    assertThat(asked.get()).isEqualTo(100);
    assertThat(latencies.millis(1)).isGreaterThan(99);
    assertThat(latencies.millis(.5)).isGreaterThan(45).isLessThan(latencies.millis(.99));
    assertThat(latencies.perSecond()).isLessThan(500);
    assertThatThrownBy(
            () ->
                new ConstantRate(1000, 3)
                    .of(
                        i -> {
                          if (i == 1) throw new IOException("no answer");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answer");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void percentilesAreValuesThatWereMeasured() {
    long[] nanos = {1_000_000, 2_000_000, 3_000_000, 40_000_000};
    Latencies latencies = new Latencies(nanos, 2);
    assertThat(latencies.millis(.5)).isEqualTo(2);
    assertThat(latencies.millis(.99)).isEqualTo(40);
    assertThat(latencies.perSecond()).isEqualTo(2);
  }

  @Test
  void theReportSaysWhatIsAddedHeldAndHowItStandsBesideOptillm() {
    var rate =
        new GatewayBench.Rate(
            true,
            200,
            new GatewayBench.Percentiles(20.5, 22),
            new GatewayBench.Percentiles(21.25, 25.5),
            List.of(.7, .75, .9),
            List.of(3.0, 3.5, 4.0),
            .8);
    var report =
        new GatewayBenchCommand.Report(
            4,
            20,
            200,
            3,
            List.of(rate),
            new GatewayBench.Streams(1000, 400L << 20),
            new GatewayBench.Crowd(10_000, 100, new GatewayBench.Percentiles(22, 30), 500L << 20),
            new OptillmBench.Report(32, 5, 5, List.of(300.0, 310.0), List.of(10.0, 10.0)));
    StringWriter text = new StringWriter();
    GatewayBenchCommand.print(report, new PrintWriter(text, true));
    assertThat(text.toString())
        .contains("with a ledger: 200 answers/s, 0.80 ms of processor time each")
        .containsPattern("draws alone +20\\.50 +22\\.00")
        .contains("added 0.75 (0.70 to 0.90) and 3.50 (3.00 to 4.00)")
        .contains("beside 10,000 idle connections and 100 slow readers: gateway 22.00 30.00")
        .contains("1,000 streams at once: peak of the process 400 MiB")
        .contains("305.0 answers/s, 5.00 calls each; optillm 10.0, 5.00 calls each; ratio 30.5");
  }
}
