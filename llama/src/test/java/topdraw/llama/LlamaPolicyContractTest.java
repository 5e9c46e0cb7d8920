package topdraw.llama;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;
import topdraw.reference.Sampling;

/// The embedded model, opened by its name, keeps the contract of reference policies.
class LlamaPolicyContractTest extends ReferencePolicyContract {
  private static ReferencePolicy open(long seed) throws IOException {
    return new PolicyCatalog()
        .open(
            "llama:" + TestModel.get().path(),
            new PolicyContext(
                Sampling.plain(5),
                seed,
                Map.of("width", "4"),
                DownloadProgress.SILENT,
                Surroundings.of(System.getenv())));
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
    return List.of(Prompt.user("Name one colour."), new Prompt.Text("The capital of France is"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(new Prompt.Text("again and ".repeat(5000)));
  }
}
