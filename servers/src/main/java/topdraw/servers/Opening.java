package topdraw.servers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reference.Sampling;
import topdraw.servers.Completion.Entry;
import topdraw.servers.LogProbabilityMeaning.Distribution;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;

/// What is found out about a server before anything is drawn from it: what it is, which settings it
/// takes, whether it draws at all, and what its log-probabilities are of. A handful of short
/// completions.
final class Opening {
  private static final Prompt TRIAL = Prompt.user("Write one surprising sentence about anything.");
  private static final int TRIAL_TOKENS = 24;
  private static final int SEEDS = 4;
  private static final double TWICE = 2;

  /// What log-probabilities at temperature 1 and 2 may differ by and still be the same.
  private static final double ALIKE = 0.02;

  /// The likeliest of all first tokens is likelier than this, in nats; less is no log-probability.
  private static final double LEAST = -7;

  /// A server that can be drawn from, and what its log-probabilities are.
  record Opened(ModelServer server, LogProbabilityMeaning meaning, Optional<String> policy) {}

  private Opening() {}

  /// Looks at a server.
  ///
  /// @param client asks it
  /// @param wanted the model, where one is named
  /// @param sampling how tokens will be drawn
  /// @throws InputException if it has no such model, does not take the sampling, or draws nothing
  /// @throws ServerException if it does not answer
  static Opened of(ServerClient client, Optional<String> wanted, Sampling sampling) {
    ServerIdentity identity = Recognition.of(client);
    ModelServer server = new ModelServer(client, identity, model(identity, wanted, client));
    // The sampling asked for goes first: what a server does not take is said before anything else.
    Completion first = trial(server, oneToken(sampling), 1);
    requireDraws(server);
    return new Opened(server, meaning(server), first.policy());
  }

  private static Sampling oneToken(Sampling s) {
    return new Sampling(s.temperature(), s.topK(), s.topP(), s.minP(), 1);
  }

  private static String model(
      ServerIdentity identity, Optional<String> wanted, ServerClient client) {
    List<String> offered = identity.models();
    if (wanted.isEmpty()) {
      if (offered.size() == 1) return offered.getFirst();
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

  private static Completion trial(ModelServer server, Sampling sampling, int seed) {
    try {
      return server.draw(TRIAL, sampling, seed);
    } catch (ServerException e) {
      if (e.failure().kind() == Failure.Kind.REFUSED) {
        throw new InputException(Problem.UNSUPPORTED, e.failure().line()).by(e);
      }
      throw e;
    }
  }

  /// Best-of-n needs draws: a server that answers alike whatever the seed gives none.
  private static void requireDraws(ModelServer server) {
    Set<String> texts = new LinkedHashSet<>();
    for (int seed = 1; seed <= SEEDS && texts.size() < 2; seed++) {
      texts.add(trial(server, Sampling.plain(TRIAL_TOKENS), seed).text());
    }
    if (texts.size() < 2) {
      throw new InputException(
          Problem.UNSUPPORTED,
          server.client().server()
              + " (%s) gives the same completion for %d seeds at temperature 1: it does not sample,"
                  .formatted(server.identity().words(), SEEDS)
              + " or something on the way repeats answers; there is nothing to choose from");
    }
  }

  private static LogProbabilityMeaning meaning(ModelServer server) {
    ServerKind kind = server.identity().kind();
    String seen = "known of " + server.identity().words();
    return switch (kind.distribution()) {
      case ASK -> asked(server);
      case RAW ->
          new LogProbabilityMeaning(
              Distribution.RAW,
              kind.endToken(),
              kind == ServerKind.LLAMA_CPP
                  ? LogProbabilityMeaning.margin(server.identity().vocabulary())
                  : 0,
              seen);
      case TEMPERATURE, POLICY, UNKNOWN ->
          new LogProbabilityMeaning(kind.distribution(), kind.endToken(), 0, seen);
    };
  }

  /// The likeliest first token at temperature 1 and at 2: as likely, where log-probabilities are
  /// the model's own; less, where they are those sampled from.
  private static LogProbabilityMeaning asked(ModelServer server) {
    double cold = best(server, 1);
    double hot = best(server, TWICE);
    Distribution found = Distribution.UNKNOWN;
    if (cold <= 0 && cold > LEAST && hot <= 0) {
      found = Math.abs(cold - hot) <= ALIKE ? Distribution.RAW : Distribution.POLICY;
    }
    return new LogProbabilityMeaning(
        found,
        server.identity().kind().endToken(),
        0,
        "first tokens at temperature 1 and 2, " + server.identity().words());
  }

  /// NaN where none is told.
  private static double best(ModelServer server, double temperature) {
    return trial(server, new Sampling(temperature, 0, 1, 0, 1), 1).entries().stream()
        .mapToDouble(Entry::best)
        .findFirst()
        .orElse(Double.NaN);
  }
}
