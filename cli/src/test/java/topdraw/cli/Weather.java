package topdraw.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import topdraw.servers.http.FaultProxy;

/// Faults that come and go, one after the other and over again, with a while of none between, from
/// some moment until it is closed; then there are none.
final class Weather implements AutoCloseable {
  private static final long A_WHILE_MILLIS = 150;
  private static final long LOOK_MILLIS = 5;
  private static final List<Map<String, Map<String, Object>>> FAULTS =
      List.of(
          Map.of("latency", Map.of("latency", 60, "jitter", 50)),
          Map.of("reset_peer", Map.of("timeout", 0)),
          Map.of("slicer", Map.of("average_size", 10, "size_variation", 5, "delay", 200)),
          Map.of("limit_data", Map.of("bytes", 300)),
          Map.of("bandwidth", Map.of("rate", 2)),
          Map.of("timeout", Map.of("timeout", 0)),
          Map.of("slow_close", Map.of("delay", 100)),
          Map.of()); // nobody listens

  private final FaultProxy proxy;
  private final BooleanSupplier begins;
  private final int first;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private volatile int faults;

  /// @param begins whether it is time
  /// @param first the fault to begin with
  Weather(FaultProxy proxy, BooleanSupplier begins, int first) {
    this.proxy = proxy;
    this.begins = begins;
    this.first = first;
    thread = Thread.ofVirtual().start(this::blow);
  }

  /// How many faults there were so far.
  int faults() {
    return faults;
  }

  private void blow() {
    try {
      while (!begins.getAsBoolean()) {
        if (over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) return;
      }
      do {
        Map<String, Map<String, Object>> fault = FAULTS.get((first + faults) % FAULTS.size());
        if (fault.isEmpty()) proxy.down();
        else fault.forEach(proxy::add);
        faults = faults + 1;
        if (over.await(A_WHILE_MILLIS, TimeUnit.MILLISECONDS)) return;
        proxy.heal();
      } while (!over.await(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    over.countDown();
    thread.join();
    proxy.heal();
  }
}
