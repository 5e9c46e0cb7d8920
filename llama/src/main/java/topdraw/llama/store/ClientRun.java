package topdraw.llama.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import topdraw.llama.file.Faults;
import topdraw.provider.DownloadProgress;

/// A package client at work: watched while files grow in a folder, ended where they do not, or with
/// this program.
///
/// @param folder where it works and all that it fetches arrives
/// @param bytes how much that will be
/// @param limits how long it may stand still
/// @param progress hears how far it is
record ClientRun(Path folder, long bytes, Limits limits, DownloadProgress progress) {
  private static final int LOG_BYTES = 1 << 16;
  private static final long LOOK_MILLIS = 200;

  /// What a client keeps of its own beside a package and its copies; a server that sends without
  /// end would fill the disk.
  private static final long SPARE_BYTES = 32 << 20;

  /// Runs it to its end.
  ///
  /// @param client told all but where it works and what becomes of what it says
  /// @param complains whether a line that it says tells what went wrong; the last such is told
  /// @throws IOException if it fails or stands still
  void run(ProcessBuilder client, Predicate<String> complains)
      throws IOException, InterruptedException {
    Path log = folder.resolve("client.log");
    int status = watched(client.directory(folder.toFile()).redirectOutput(log.toFile()).start());
    if (status != 0) throw new IOException("failed: " + complaint(log, status, complains));
  }

  private int watched(Process client) throws IOException, InterruptedException {
    // A signal to us alone would leave the client running on its own.
    Thread cleaner = new Thread(() -> kill(client));
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      var pace = new Pace(limits, System::nanoTime);
      long seen = -1;
      long last = System.nanoTime();
      while (!client.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = Folders.bytes(folder);
        if (now != seen) last = System.nanoTime();
        // What the client builds and throws away again is no arrival.
        pace.add(Math.max(0, now - Math.max(0, seen)));
        seen = now;
        progress.bytes(Math.min(now, bytes), bytes);
        requireBounded(now);
        if (System.nanoTime() - last > limits.idle().toNanos()) {
          throw new IOException(limits.silence());
        }
      }
      return client.exitValue();
    } finally {
      kill(client);
      forget(cleaner);
    }
  }

  private void requireBounded(long now) throws IOException {
    long most = 3 * bytes + SPARE_BYTES;
    if (now <= most) return;
    throw new IOException(
        "wrote more than " + most / 1_000_000 + " MB, the package has " + bytes + " bytes");
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void forget(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The program is ending, and the cleaner has its work to do.
      return;
    }
  }

  private static String complaint(Path log, int status, Predicate<String> complains)
      throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      String text = new String(in.readNBytes(LOG_BYTES), StandardCharsets.UTF_8);
      Optional<String> error = text.lines().filter(complains).reduce((_, last) -> last);
      return error.map(Faults::oneLine).orElse("exit code " + status);
    }
  }
}
