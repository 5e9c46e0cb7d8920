package topdraw.servers;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import topdraw.draw.Prompt;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;
import topdraw.reference.Sampling;

/// A model on two servers, opened by its name, keeps the contract of reference policies.
@Timeout(60)
class HttpPolicyContractTest extends ReferencePolicyContract {
  private static WordServer one;
  private static WordServer two;

  @BeforeAll
  static void start() {
    one = WordServer.start();
    two = WordServer.start();
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
  }

  private static ReferencePolicy open(long seed) throws IOException {
    return new PolicyCatalog()
        .open(
            "server:" + one.url() + " " + two.url(),
            new PolicyContext(
                Sampling.plain(12),
                seed,
                Map.of("at-once", "2"),
                DownloadProgress.SILENT,
                Surroundings.of(Map.of())));
  }

  @Override
  protected ReferencePolicy open() throws IOException {
    return open(7);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() throws IOException {
    return Optional.of(open(8));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("Name one colour."), new Prompt.Text("The sky is"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(new Prompt.Text("again and ".repeat(500)));
  }
}
