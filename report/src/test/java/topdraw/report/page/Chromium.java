package topdraw.report.page;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real browser without a window. `CHROMIUM` names its program; otherwise it is found on the
/// path.
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /// What came of a page: its document after the scripts ran, and what the browser logged.
  record Visit(String document, String log) {
    /// Console messages, refusals by the security policy and uncaught errors; not the browser's own
    /// complaints about the machine.
    List<String> console() {
      return log.lines().filter(line -> line.contains("CONSOLE")).toList();
    }
  }

  private final String program;
  private final Path folder;

  private Chromium(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /// Skips the test, saying why, where there is no Chromium.
  static Chromium in(Path folder) {
    return new Chromium(
        program()
            .orElseGet(
                () ->
                    abort(
                        "SKIPPED: no Chromium on the path, so the page was not opened in a browser;"
                            + " install chromium or name its program in CHROMIUM")),
        folder);
  }

  private static Optional<String> program() {
    String named = System.getenv("CHROMIUM");
    return named != null ? Optional.of(named) : onPath();
  }

  private static Optional<String> onPath() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  Visit open(Path page, String... more) throws IOException, InterruptedException {
    Path document = folder.resolve("document.html");
    Path log = folder.resolve("log.txt");
    Process browser =
        new ProcessBuilder(command(page, more))
            .redirectOutput(document.toFile())
            .redirectError(log.toFile())
            .start();
    if (!browser.waitFor(60, TimeUnit.SECONDS)) {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
      throw new IllegalStateException("Chromium did not finish " + page + " in 60 s");
    }
    return new Visit(Files.readString(document), Files.readString(log));
  }

  private List<String> command(Path page, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--v=0",
                "--virtual-time-budget=5000",
                "--window-size=1280,1000"));
    command.addAll(List.of(more));
    command.addAll(List.of("--dump-dom", page.toUri().toString()));
    return command;
  }
}
