package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.settings.GatewayFile;
import topdraw.gateway.settings.GatewaySettings;
import topdraw.gateway.settings.NewKey;
import topdraw.gateway.start.GatewayStart;
import topdraw.gateway.start.RunningGateway;
import topdraw.input.InputException;
import topdraw.input.Problem;

@Command(
    name = "serve",
    description = {
      "Answers clients of OpenAI's interface with the best of n.",
      "",
      "Change the base URL of a client to what this prints, and every answer is chosen among"
          + " several and says how far that drifted from the model. Without a file it listens on"
          + " this machine alone and draws from the model in this process."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "One line of JSON for each request goes to standard output; no prompts, no answers, no keys."
          + " docs/gateway.md says what the file can set.",
      "",
      "Example: topdraw serve --port 8080"
    })
final class ServeCommand extends AnsweringCommand {
  private static final int MOST_PORT = 65_535;

  /// What the server takes to answer what it has begun, and some more to let go of the model.
  private static final Duration LAST = Duration.ofSeconds(40);

  @Option(
      names = "--gateway",
      paramLabel = "FILE",
      description =
          "What the operator sets: aliases, keys, budgets, limits, the model's server (TOML).")
  private @Nullable Path file;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on. Default: 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 takes one that is free. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description =
          "Makes a key for a client, prints it and what the file has to say of it, and ends.")
  private @Nullable String newKey;

  @Override
  public Integer call() throws IOException {
    if (newKey != null) return told(NewKey.of(newKey));
    if (port != null && (port < 0 || port > MOST_PORT)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "--port is from 0 to " + MOST_PORT + ", was " + port);
    }
    GatewaySettings settings = file == null ? GatewaySettings.USUAL : GatewayFile.read(file);
    Interruption.endsWithin(LAST);
    try (RunningGateway gateway =
        started(settings.listening(Optional.ofNullable(host), Given.of(port)))) {
      err()
          .println(
              "topdraw: %s is served at %s; Ctrl-C ends".formatted(gateway.model(), gateway.url()));
      awaitEnd();
    }
    return 0;
  }

  private RunningGateway started(GatewaySettings settings) throws IOException {
    try (DownloadBar bar = DownloadBar.on(err())) {
      return new GatewayStart(
              settings,
              Optional.ofNullable(file),
              System.getenv(),
              bar,
              line -> err().println("topdraw: " + line))
          .listen(new RequestLog(System.out));
    }
  }

  private void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      err().println("topdraw: ends when what it has begun is answered");
    }
  }

  private int told(NewKey key) {
    out().println(key.key());
    err().println("The key is shown once. In the gateway's file:%n%n%s".formatted(key.table()));
    return 0;
  }
}
