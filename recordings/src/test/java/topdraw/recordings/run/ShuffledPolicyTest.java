package topdraw.recordings.run;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;

/// The policy that answers out of order keeps the contract that recording is tested by.
class ShuffledPolicyTest extends ReferencePolicyContract {
  @Override
  protected ReferencePolicy open() {
    return new ShuffledPolicy(7);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() {
    return Optional.of(new ShuffledPolicy(8));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("one"), new Prompt.Text("two"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(Prompt.user("far too long"));
  }
}
