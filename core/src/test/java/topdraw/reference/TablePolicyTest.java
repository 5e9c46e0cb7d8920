package topdraw.reference;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.theory.law.OutcomeTable;

/// The policy of known law keeps the contract that it is used to test others by.
class TablePolicyTest extends ReferencePolicyContract {
  private static final OutcomeTable TABLE = OutcomeTable.ofProbabilities(0.4, 0.3, 0.2, 0.1);

  @Override
  protected ReferencePolicy open() {
    return new TablePolicy(TABLE, 7, 3);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() {
    return Optional.of(new TablePolicy(TABLE, 8, 3));
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("one"), new Prompt.Text("two"));
  }
}
