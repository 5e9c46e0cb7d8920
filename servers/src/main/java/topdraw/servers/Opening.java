package topdraw.servers;

import java.util.List;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reference.Sampling;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Checkup;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.LogProbabilitySemantics;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;

/// What is found out about a server before anything is drawn from it: what it is, which settings it
/// takes, whether it draws at all, and what its log-probabilities are of. A handful of short
/// completions.
final class Opening {
  private static final String TRIAL = "Write one surprising sentence about anything.";

  private static final int NOT_FOUND = 404;

  /// A server that can be drawn from, and what its log-probabilities are.
  record Opened(ModelServer server, LogProbabilitySemantics semantics, Optional<String> policy) {
    Opened withMargin(double margin) {
      return new Opened(server, semantics.withMargin(margin), policy);
    }
  }

  private Opening() {}

  /// Looks at a server.
  ///
  /// @param client asks it
  /// @param wanted the model, where one is named
  /// @param route over which route will be drawn
  /// @param sampling how tokens will be drawn
  /// @param recorded what a run that goes on has recorded of its log-probabilities
  /// @throws InputException if it has no such model, does not take the sampling, draws nothing, or
  ///   is not what it was
  /// @throws ServerException if it does not answer
  static Opened of(
      ServerClient client,
      Optional<String> wanted,
      Route route,
      Sampling sampling,
      Optional<LogProbabilitySemantics> recorded) {
    ModelServer server = model(client, wanted, route);
    // The sampling asked for goes first: what a server does not take is said before anything else.
    Completion first = trial(server, sampling);
    LogProbabilitySemantics semantics =
        recorded.map(known -> still(server, known)).orElseGet(() -> checked(server).semantics());
    return new Opened(server, semantics, first.policy());
  }

  /// Finds out what a server is, and its model.
  ///
  /// @param client asks it
  /// @param wanted the model, where one is named
  /// @param route over which route it is asked
  /// @throws InputException if it has no such model
  /// @throws ServerException if it does not answer
  static ModelServer model(ServerClient client, Optional<String> wanted, Route route) {
    ServerIdentity identity = Recognition.of(client);
    return new ModelServer(client, identity, name(identity, wanted, client), route);
  }

  private static Sampling oneToken(Sampling s) {
    return new Sampling(s.temperature(), s.topK(), s.topP(), s.minP(), 1);
  }

  private static String name(
      ServerIdentity identity, Optional<String> wanted, ServerClient client) {
    List<String> offered = identity.models();
    if (wanted.isEmpty()) {
      if (offered.size() == 1) return offered.getFirst();
      if (offered.isEmpty() && identity.kind() == ServerKind.COMPATIBLE) {
        throw new InputException(
            Problem.MISSING,
            client.server()
                + " lists no models; is that the address of a model server? If it is, name one with ",
            Parameter.MODEL);
      }
      throw new InputException(
          Problem.MISSING,
          "say which model of " + client.server() + " is meant with ",
          Parameter.MODEL,
          offered.isEmpty() ? "; it does not list its models" : "; it has " + some(offered));
    }
    String name = wanted.get();
    boolean known =
        offered.isEmpty()
            // llama.cpp's server has one model and takes any name for it.
            || identity.kind() == ServerKind.LLAMA_CPP
            || offered.contains(name)
            || offered.contains(name + ":latest");
    if (!known) {
      throw new InputException(
          Problem.UNKNOWN,
          client.server() + " has no model \"" + name + "\"; it has " + some(offered));
    }
    return name;
  }

  private static String some(List<String> names) {
    int shown = 8;
    return String.join(", ", names.subList(0, Math.min(shown, names.size())))
        + (names.size() > shown ? " and %d more".formatted(names.size() - shown) : "");
  }

  /// One token, drawn as draws will be: it shows which settings the server takes.
  ///
  /// @throws InputException if it does not take the sampling
  static Completion trial(ModelServer server, Sampling sampling) {
    try {
      return server.draw(server.route().plain(TRIAL), oneToken(sampling), 1);
    } catch (ServerException e) {
      if (server.route() == Route.TEXT && e.failure().status() == NOT_FOUND) {
        throw new InputException(
                Problem.UNSUPPORTED,
                e.failure().line() + "; it has no route that continues a text, so leave out ",
                Parameter.RAW)
            .by(e);
      }
      if (e.failure().kind() == Failure.Kind.REFUSED) {
        throw new InputException(Problem.UNSUPPORTED, e.failure().line()).by(e);
      }
      throw e;
    }
  }

  private static Checkup checked(ModelServer server) {
    Checkup checkup = Checkup.of(new ProbedModel(server));
    if (checkup.greedy()) {
      throw new InputException(
          Problem.UNSUPPORTED,
          server.client().server()
              + " (%s): %s; there is nothing to choose from"
                  .formatted(server.identity().words(), checkup.draws()));
    }
    return checkup;
  }

  /// What a run has recorded of it goes on to hold, if the server still is what it was.
  private static LogProbabilitySemantics still(
      ModelServer server, LogProbabilitySemantics recorded) {
    Distribution now = Checkup.distribution(new ProbedModel(server));
    if (now != recorded.distribution()) {
      throw new InputException(
          Problem.CONFLICT,
          "the log-probabilities of %s were %s when the run began and are %s now; start the server as it was, or begin anew"
              .formatted(server.client().server(), recorded.distribution().words(), now.words()));
    }
    // A margin is twice what was seen: what was recorded has to hold what is seen now.
    double seen = Checkup.margin(new ProbedModel(server)) / 2;
    if (seen > recorded.margin()) {
      throw new InputException(
          Problem.CONFLICT,
          "the log-probabilities of %s may be too large by %s nats a token, and when the run began %s were taken off; start the server as it was, or begin anew"
              .formatted(server.client().server(), seen, recorded.margin()));
    }
    return recorded;
  }
}
