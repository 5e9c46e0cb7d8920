package topdraw.llama;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;
import topdraw.reference.Sampling;

/// The embedded model keeps the contract of reference policies.
class LlamaPolicyContractTest extends ReferencePolicyContract {
  private static LlamaPolicy open(long seed) {
    return TestModel.open(Sampling.plain(5), seed, 4);
  }

  @Override
  protected ReferencePolicy open() {
    return open(7);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() {
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
