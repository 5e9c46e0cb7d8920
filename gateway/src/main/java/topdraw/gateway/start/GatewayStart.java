package topdraw.gateway.start;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import topdraw.gateway.AccountsLedger;
import topdraw.gateway.Answer;
import topdraw.gateway.Gateway;
import topdraw.gateway.Ledger;
import topdraw.gateway.choose.RewardShelf;
import topdraw.gateway.choose.Unheard;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.http.RequestLog;
import topdraw.gateway.ledger.Database;
import topdraw.gateway.ledger.DriftAccounts;
import topdraw.gateway.ledger.LedgerException;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.record.TrafficFile;
import topdraw.gateway.settings.Alias;
import topdraw.gateway.settings.GatewaySettings;
import topdraw.gateway.trace.Traces;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.LateJudge;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardContext;
import topdraw.theory.finding.Confidence;

/// Starts a gateway as its operator has set it up. What is wrong is refused here, before anybody
/// asks.
///
/// @param settings what the operator has set
/// @param file where that stands; empty where nothing is set
/// @param environment the process's variables
/// @param progress hears of a model that has to be fetched
/// @param told is told in one line of what goes wrong while it runs
public record GatewayStart(
    GatewaySettings settings,
    Optional<Path> file,
    Map<String, String> environment,
    DownloadProgress progress,
    Consumer<String> told) {
  private static final Duration REWARD_LIMIT = Duration.ofMinutes(1);

  /// Opens the model, the ledger and all else, and listens.
  ///
  /// @param log takes one line of JSON for each request
  /// @return the gateway; the caller closes it
  /// @throws InputException if a setting is wrong, or nobody can listen there
  /// @throws IOException if something cannot be read, written or fetched
  public RunningGateway listen(RequestLog log) throws IOException {
    if (!settings.loopback() && settings.keys().isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          "beyond this machine a key is needed, and there is none: topdraw serve --new-key NAME"
              + " makes one, or listen on 127.0.0.1");
    }
    Surroundings surroundings = Surroundings.of(environment);
    Optional<Traces> traces = InputException.given(() -> Traces.of(environment));
    try {
      Gateway gateway = gateway(surroundings, traces);
      return RunningGateway.of(gateway, settings, log, traces);
    } catch (IOException | RuntimeException e) {
      traces.ifPresent(Traces::close);
      throw e;
    }
  }

  private Gateway gateway(Surroundings surroundings, Optional<Traces> traces) throws IOException {
    LateJudge judge = new LateJudge();
    RewardShelf rewards =
        new RewardShelf(
            RewardCatalog.of(new RewardContext(Optional.of(judge), REWARD_LIMIT, surroundings)),
            settings.rewards());
    try {
      Upstream source =
          new Sources(settings.limits(), judge, surroundings, progress).open(settings.source());
      Upstream upstream = traces.map(each -> each.of(source)).orElse(source);
      List<Alias> aliases = aliases(upstream.model());
      for (Alias alias : aliases) {
        requireReward(alias, rewards);
        Unheard.warning(alias.options().chosenBy(), alias.options())
            .ifPresent(line -> told.accept("[aliases.%s]: %s".formatted(alias.name(), line)));
      }
      return new Gateway(
          upstream,
          rewards,
          settings.limits(),
          aliases,
          ledger(aliases, surroundings),
          recorder(upstream.model()));
    } catch (IOException | RuntimeException e) {
      rewards.close();
      throw e;
    }
  }

  /// Without any there are two names: the best of as many as elsewhere, and the model's own answer.
  private List<Alias> aliases(String model) {
    return settings.aliases().isEmpty()
        ? List.of(
            new Alias("topdraw", Options.NONE, Optional.empty()),
            new Alias(model, Options.NONE.with(Method.PASSTHROUGH), Optional.empty()))
        : settings.aliases();
  }

  /// Callers would be told of a reward that they never named.
  private void requireReward(Alias alias, RewardShelf rewards) {
    try {
      rewards.of(alias.options().reward());
    } catch (ApiException e) {
      throw wrong(Problem.UNKNOWN, "[aliases.%s]: %s".formatted(alias.name(), e.getMessage()));
    }
  }

  private Ledger ledger(List<Alias> aliases, Surroundings surroundings) throws LedgerException {
    if (settings.ledger().isEmpty()) {
      for (Alias alias : aliases) {
        if (alias.budget().isPresent()) {
          throw wrong(
              Problem.MISSING,
              "the budget of "
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
          accounts, aliases, settings.limits(), new Confidence(settings.confidence()), told);
    } catch (RuntimeException e) {
      accounts.close();
      throw e;
    }
  }

  private Consumer<Answer> recorder(String model) throws IOException {
    if (settings.record().isEmpty()) return answer -> {};
    TrafficFile traffic = traffic(settings.record().get());
    return answer -> {
      try {
        traffic.write(answer, model);
      } catch (IOException e) {
        told.accept("an answer was not recorded: " + e.getMessage());
      }
    };
  }

  private TrafficFile traffic(Path record) throws IOException {
    try {
      return TrafficFile.open(record);
    } catch (FileSystemException | FileNotFoundException e) {
      throw wrong(
          Problem.UNSUPPORTED,
          "record: %s cannot be written; name a file in a folder that is there and yours"
              .formatted(record));
    }
  }

  private InputException wrong(Problem problem, String what) {
    return new InputException(problem, file.map(path -> path + ": ").orElse(""), what);
  }
}
