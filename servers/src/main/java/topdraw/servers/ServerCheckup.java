package topdraw.servers;

import java.util.Optional;
import topdraw.input.InputException;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Bounds;
import topdraw.servers.probe.Checkup;
import topdraw.servers.probe.Worth;

/// What a server's log-probabilities are worth, with nothing drawn for anyone and nothing recorded.
///
/// @param identity what the server says it is
/// @param model the model's name there
/// @param checkup what asking it has shown
/// @param server the server, to say what it takes
public record ServerCheckup(
    ServerIdentity identity, String model, Checkup checkup, Conditions server) {

  /// What its draws are worth under a sampling.
  @FunctionalInterface
  public interface Conditions {
    /// The worth of draws.
    ///
    /// @param sampling how tokens are drawn
    /// @return what their log-probabilities are worth
    Worth worth(Sampling sampling);
  }

  /// Asks a server.
  ///
  /// @param client asks it; the caller closes it
  /// @param model the model's name there; may be left out where it has but one
  /// @param route over which route it is asked
  /// @return what was found
  /// @throws InputException if it has no such model
  /// @throws DrawFailedException if it does not answer
  public static ServerCheckup of(ServerClient client, Optional<String> model, Route route) {
    try {
      ModelServer server = Opening.model(client, model, route);
      Checkup checkup = Checkup.of(new ProbedModel(server));
      return new ServerCheckup(
          server.identity(),
          server.model(),
          checkup,
          sampling -> server.worth(checkup.semantics(), sampling));
    } catch (ServerException e) {
      throw new DrawFailedException(e.failure().line());
    }
  }

  /// What bounds on draws may rest on.
  ///
  /// @param sampling how tokens are drawn
  /// @return the bounds
  public Bounds bounds(Sampling sampling) {
    return checkup.greedy()
        ? new Bounds.NoDraws(checkup.draws())
        : Bounds.of(server.worth(sampling));
  }
}
