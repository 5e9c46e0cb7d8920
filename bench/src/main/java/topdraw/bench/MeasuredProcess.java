package topdraw.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/// A program that ran to its end: what it printed, what it took, the most memory it held.
///
/// @param output its standard output
/// @param seconds from start to end, the program's own start included
/// @param processorSeconds of all its threads, short of its last moment; empty where the system
///   does not say
/// @param peakBytes its largest resident size; empty where the system does not say
record MeasuredProcess(
    String output, double seconds, OptionalDouble processorSeconds, OptionalLong peakBytes) {
  private static final long LOOK_MILLIS = 50;

  /// @throws IOException if it cannot be started, or does not end well
  static MeasuredProcess run(List<String> command) throws IOException {
    Path output = Files.createTempFile("topdraw-bench", ".out");
    try {
      long started = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Watched watched = watch(process);
      double seconds = (System.nanoTime() - started) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException(
            command.getFirst()
                + " ended with "
                + process.exitValue()
                + "; what it said stands above");
      }
      return new MeasuredProcess(
          Files.readString(output), seconds, watched.processorSeconds(), watched.peakBytes());
    } finally {
      Files.delete(output);
    }
  }

  /// What was measured, without what was printed, which may be large.
  MeasuredProcess withoutOutput() {
    return new MeasuredProcess("", seconds, processorSeconds, peakBytes);
  }

  private record Watched(OptionalDouble processorSeconds, OptionalLong peakBytes) {}

  private static Watched watch(Process process) {
    try {
      OptionalDouble processor = OptionalDouble.empty();
      OptionalLong peak = OptionalLong.empty();
      do {
        // The kernel keeps both itself: looking now and then loses only the end.
        Optional<Duration> spent = process.info().totalCpuDuration();
        if (spent.isPresent()) processor = OptionalDouble.of(spent.get().toNanos() / 1e9);
        OptionalLong now = Vitals.peakBytes(process.pid());
        peak = now.isPresent() ? now : peak;
      } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      return new Watched(processor, peak);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
