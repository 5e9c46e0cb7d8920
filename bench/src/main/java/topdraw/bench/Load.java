package topdraw.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/// Completions asked for, and what that took.
///
/// @param completions how many came
/// @param seconds from the first question to the last answer
/// @param processorSeconds of this process meanwhile
record Load(int completions, double seconds, double processorSeconds) {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Something that asks for completions and waits for them.
  @FunctionalInterface
  interface Work {
    /// Asks and waits.
    ///
    /// @return how many came
    int run() throws IOException;
  }

  static Load of(Work work) throws IOException {
    long processor = SYSTEM.getProcessCpuTime();
    long began = System.nanoTime();
    int completions = work.run();
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Load(completions, seconds, (SYSTEM.getProcessCpuTime() - processor) / 1e9);
  }

  double perSecond() {
    return completions / seconds;
  }

  double processorSecondsPerThousand() {
    return 1000 * processorSeconds / completions;
  }
}
