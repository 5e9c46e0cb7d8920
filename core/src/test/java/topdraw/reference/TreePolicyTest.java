package topdraw.reference;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.theory.law.TokenTree;

/// The policy of known law keeps the contract that it is used to test others by.
class TreePolicyTest extends ReferencePolicyContract {
  private static final TokenTree TREE =
      new TokenTree(3, 4, prefix -> new double[] {1, 2 + prefix.size(), 3});

  @Override
  protected ReferencePolicy open() {
    return new TreePolicy(TREE, 4, 7);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() {
    return Optional.of(new TreePolicy(TREE, 4, 8));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("one"), new Prompt.Text("two"));
  }
}
