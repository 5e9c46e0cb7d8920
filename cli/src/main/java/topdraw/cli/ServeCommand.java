package topdraw.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.gateway.AccountsLedger;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.draw.EmbeddedUpstream;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.http.Door;
import topdraw.gateway.http.GatewayServer;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.ledger.LedgerException;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.record.TrafficFile;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.GatewayFile;
import topdraw.gateway.settings.GatewaySettings;
import topdraw.gateway.settings.GatewaySettings.Source;
import topdraw.gateway.trace.Traces;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.provider.Surroundings;
import topdraw.reference.Judge;
import topdraw.reference.LateJudge;
import topdraw.reference.SharedPolicy;
import topdraw.reference.SharedPolicyCatalog;
import topdraw.reference.SharedPolicyContext;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContext;
import topdraw.servers.Forwarding;
import topdraw.servers.ServerProvider;
import topdraw.servers.http.Secret;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;
import topdraw.theory.finding.Confidence;

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
final class ServeCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 24;
  private static final int MOST_PORT = 65_535;

  /// What the server takes to answer what it has begun, and some more to let go of the model.
  private static final Duration LAST = Duration.ofSeconds(40);

  private static final Duration REWARD_LIMIT = Duration.ofMinutes(1);

  @Spec private CommandSpec spec;

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
    if (newKey != null) return makeKey(newKey);
    if (port != null && (port < 0 || port > MOST_PORT)) {
      throw new InputException(
          Problem.OUT_OF_RANGE, "--port is from 0 to " + MOST_PORT + ", was " + port);
    }
    GatewaySettings settings = file == null ? GatewaySettings.USUAL : GatewayFile.read(file);
    String listen = host == null ? settings.host() : host;
    boolean loopback = List.of("127.0.0.1", "localhost", "::1").contains(listen);
    if (!loopback && settings.keys().isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          "beyond this machine a key is needed, and there is none: topdraw serve --new-key NAME"
              + " makes one, or listen on 127.0.0.1");
    }
    Interruption.endsWithin(LAST);
    Surroundings surroundings = Surroundings.of(System.getenv());
    Optional<Traces> traces = InputException.given(() -> Traces.of(System.getenv()));
    try (Gateway gateway = gateway(settings, surroundings, traces)) {
      serve(settings, listen, gateway);
    } finally {
      traces.ifPresent(Traces::close);
    }
    return 0;
  }

  private Gateway gateway(
      GatewaySettings settings, Surroundings surroundings, Optional<Traces> traces)
      throws IOException {
    LateJudge judge = new LateJudge();
    RewardShelf rewards =
        new RewardShelf(
            RewardCatalog.of(new RewardContext(Optional.of(judge), REWARD_LIMIT, surroundings)),
            settings.rewards());
    try {
      Upstream source = upstream(settings, surroundings, judge);
      Upstream upstream = traces.map(told -> told.of(source)).orElse(source);
      List<Alias> aliases = aliases(settings, upstream.model());
      aliases.forEach(alias -> requireReward(alias, rewards));
      return new Gateway(
          upstream,
          rewards,
          settings.limits(),
          aliases,
          ledger(settings, aliases, surroundings),
          recorder(settings, upstream.model()));
    } catch (IOException | RuntimeException e) {
      rewards.close();
      throw e;
    }
  }

  /// Callers would be told of a reward that they never named.
  private void requireReward(Alias alias, RewardShelf rewards) {
    try {
      rewards.of(alias.options().reward());
    } catch (ApiException e) {
      throw new InputException(
          Problem.UNKNOWN, "%s: [aliases.%s]: %s".formatted(file, alias.name(), e.getMessage()));
    }
  }

  private void serve(GatewaySettings settings, String listen, Gateway gateway) {
    TreeSet<String> hosts = new TreeSet<>(settings.hosts());
    hosts.addAll(List.of("127.0.0.1", "localhost", "[::1]", listen.toLowerCase(Locale.ROOT)));
    RequestLog log = new RequestLog(System.out);
    try (GatewayServer server =
        GatewayServer.start(
            gateway,
            new Door(settings.keys(), hosts),
            settings.limits(),
            new Confidence(settings.confidence()),
            listen,
            port == null ? settings.port() : port,
            log)) {
      spec.commandLine()
          .getErr()
          .println(
              "topdraw: %s is served at http://%s:%d/v1; Ctrl-C ends"
                  .formatted(gateway.model(), listen, server.port()));
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      spec.commandLine().getErr().println("topdraw: ends when what it has begun is answered");
    }
  }

  private Ledger ledger(GatewaySettings settings, List<Alias> aliases, Surroundings surroundings)
      throws LedgerException {
    if (settings.ledger().isEmpty()) {
      for (Alias alias : aliases) {
        if (alias.budget().isPresent()) {
          throw new InputException(
              Problem.MISSING,
              file
                  + ": the budget of "
                  + alias.name()
                  + " needs a ledger; say where drift is counted, as ledger = \"drift.db\"");
        }
      }
      return new Ledger.None();
    }
    DriftAccounts accounts =
        DriftAccounts.open(
            Database.of(settings.ledger().get(), surroundings.secrets()),
            settings.instance(),
            surroundings.clock());
    try {
      return new AccountsLedger(
          accounts,
          aliases,
          settings.limits(),
          new Confidence(settings.confidence()),
          line -> spec.commandLine().getErr().println("topdraw: " + line));
    } catch (RuntimeException e) {
      accounts.close();
      throw e;
    }
  }

  /// Without any there are two names: the best of as many as elsewhere, and the model's own answer.
  private static List<Alias> aliases(GatewaySettings settings, String model) {
    return settings.aliases().isEmpty()
        ? List.of(
            new Alias("topdraw", Options.NONE, Optional.empty()),
            new Alias(model, Options.NONE.with(Method.PASSTHROUGH), Optional.empty()))
        : settings.aliases();
  }

  private Consumer<Answer> recorder(GatewaySettings settings, String model) throws IOException {
    if (settings.record().isEmpty()) return answer -> {};
    TrafficFile traffic = traffic(settings.record().get());
    return answer -> {
      try {
        traffic.write(answer, model);
      } catch (IOException e) {
        spec.commandLine()
            .getErr()
            .println("topdraw: an answer was not recorded: " + e.getMessage());
      }
    };
  }

  private TrafficFile traffic(Path record) throws IOException {
    try {
      return TrafficFile.open(record);
    } catch (FileSystemException | FileNotFoundException e) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "%s: record: %s cannot be written; name a file in a folder that is there and yours"
              .formatted(file, record));
    }
  }

  private Upstream upstream(GatewaySettings settings, Surroundings surroundings, LateJudge judge)
      throws IOException {
    return switch (settings.source()) {
      case Source.InProcess(Optional<Path> model, Map<String, String> how) ->
          embedded(settings, model, how, judge);
      case Source.Server server -> {
        if (judge.taken()) {
          throw new InputException(
              Problem.UNSUPPORTED,
              "self-judge, judge and knockout ask the model in this process, and it is on a server;"
                  + " choose another reward, such as judge-server:URL");
        }
        yield server(server, surroundings);
      }
    };
  }

  private Upstream embedded(
      GatewaySettings settings, Optional<Path> model, Map<String, String> how, LateJudge judge)
      throws IOException {
    try (DownloadBar bar = DownloadBar.on(spec.commandLine().getErr())) {
      SharedPolicy policy =
          new SharedPolicyCatalog()
              .open(
                  model.map(path -> "llama:" + path).orElse("llama"),
                  new SharedPolicyContext(
                      settings.limits().tokens(), settings.limits().atOnce(), how, bar));
      if (policy instanceof Judge asked) judge.is(asked);
      return new EmbeddedUpstream(policy, policy.model().replaceFirst(" sha256:.*", ""));
    }
  }

  private static Upstream server(Source.Server server, Surroundings surroundings)
      throws IOException {
    Optional<Secret> key = Secret.find(server.keyFile(), surroundings);
    ServerClient client =
        ServerClient.of(
            ServerAddress.of(server.url()),
            key,
            ServerProvider.limits(Optional.of(server.seconds())),
            surroundings);
    return new ServerUpstream(
        Forwarding.open(client, server.model()), server.atOnce(), server.ahead());
  }

  private int makeKey(String name) {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    String key = "td-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    spec.commandLine().getOut().println(key);
    spec.commandLine()
        .getErr()
        .println(
            "The key is shown once. In the gateway's file:%n%n[keys.%s]%nsha256 = \"%s\""
                .formatted(name, Json.sha256(key)));
    return 0;
  }
}
