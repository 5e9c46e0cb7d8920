package topdraw.gateway.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import topdraw.gateway.draw.EmbeddedUpstream;
import topdraw.gateway.draw.ServerUpstream;
import topdraw.gateway.draw.Upstream;
import topdraw.gateway.settings.GatewaySettings.Source;
import topdraw.gateway.settings.Limits;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.Judge;
import topdraw.reference.LateJudge;
import topdraw.reference.SharedPolicy;
import topdraw.reference.SharedPolicyCatalog;
import topdraw.reference.SharedPolicyContext;
import topdraw.servers.Forwarding;
import topdraw.servers.ServerProvider;
import topdraw.servers.http.ServerClient;

/// Opens the model that candidates are drawn from.
///
/// @param limits how long completions may be, and how many are drawn at once
/// @param judge the model in this process, where rewards ask it
/// @param surroundings know the server's key
/// @param progress hears of a model that has to be fetched
record Sources(
    Limits limits, LateJudge judge, Surroundings surroundings, DownloadProgress progress) {

  /// Opens it.
  ///
  /// @return the model; the caller closes it
  /// @throws InputException if there is none such, or rewards ask a model that is on a server
  Upstream open(Source source) throws IOException {
    return switch (source) {
      case Source.InProcess(Optional<Path> model, Map<String, String> how) -> inProcess(model, how);
      case Source.Server server -> {
        if (judge.taken()) {
          throw new InputException(
              Problem.UNSUPPORTED,
              "self-judge, judge and knockout ask the model in this process, and it is on a server;"
                  + " choose another reward, such as judge-server:URL");
        }
        yield onServer(server);
      }
    };
  }

  private Upstream inProcess(Optional<Path> model, Map<String, String> how) throws IOException {
    SharedPolicy policy =
        new SharedPolicyCatalog()
            .open(
                model.map(path -> "llama:" + path).orElse("llama"),
                new SharedPolicyContext(limits.tokens(), limits.atOnce(), how, progress));
    if (policy instanceof Judge asked) judge.is(asked);
    return new EmbeddedUpstream(policy, policy.model().replaceFirst(" sha256:.*", ""));
  }

  private Upstream onServer(Source.Server server) throws IOException {
    ServerClient client =
        ServerProvider.client(
            server.url(), server.keyFile(), Optional.of(server.seconds()), surroundings);
    return new ServerUpstream(
        Forwarding.open(client, server.model()), server.atOnce(), server.ahead());
  }
}
