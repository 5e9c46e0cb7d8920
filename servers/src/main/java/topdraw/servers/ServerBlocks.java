package topdraw.servers;

import java.util.Iterator;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Capabilities;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.Request;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.Worth;

/// A model on llama.cpp's server as a policy that is also drawn from block by block: the server
/// takes prompts as tokens and gives back the tokens that it draws.
final class ServerBlocks implements BlockPolicy, Served {
  private final HttpPolicy policy;
  private final ModelServer server;
  private final Worth worth;

  private ServerBlocks(HttpPolicy policy, ModelServer server, Worth worth) {
    this.policy = policy;
    this.server = server;
    this.worth = worth;
  }

  /// A policy drawn from block by block too, by the first of its servers.
  ///
  /// @param policy closed with this one
  static ServerBlocks of(HttpPolicy policy) {
    ModelServer server = policy.server();
    requireContinuing(server.client(), server.identity());
    // What its route for tokens tells is the model's own.
    boolean raw = policy.semantics().distribution() == Distribution.RAW;
    return new ServerBlocks(policy, server, raw ? policy.worth() : policy.worth().unasked());
  }

  /// Refuses a server that cannot go on from the tokens that it gave.
  ///
  /// @param client asks the server
  /// @param identity what it says it is
  /// @throws InputException if it cannot
  static void requireContinuing(ServerClient client, ServerIdentity identity) {
    if (identity.kind() != ServerKind.LLAMA_CPP) {
      throw new InputException(
          Problem.UNSUPPORTED,
          "%s (%s) cannot be drawn from block by block, as llama.cpp's server can; leave out "
              .formatted(client.server(), identity.words()),
          Parameter.BLOCK);
    }
  }

  /// {@inheritDoc}
  ///
  /// @throws DrawFailedException if the server does not answer
  @Override
  public Continuation begin(Prompt prompt, int n) {
    LlamaForcing forcing = new LlamaForcing(server);
    try {
      return new LlamaContinuation(
          server,
          forcing,
          Route.of(prompt) == server.route() ? worth : worth.unasked(),
          provenance(),
          new AtOnce(Math.max(1, capabilities().width())),
          new LlamaContinuation.Start(prompt.key(), forcing.prompt(prompt), n));
    } catch (ServerException e) {
      throw new DrawFailedException(e.failure().line());
    }
  }

  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    policy.drawAll(requests, answers);
  }

  @Override
  public Optional<String> noLogProbability() {
    return policy.noLogProbability();
  }

  @Override
  public Capabilities capabilities() {
    return policy.capabilities();
  }

  @Override
  public Provenance provenance() {
    return policy.provenance();
  }

  @Override
  public void close() {
    policy.close();
  }
}
