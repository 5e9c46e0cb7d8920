package topdraw.recordings.run;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Prompt;
import topdraw.reference.Answer;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.ReferencePolicyContract;

/// The policy that answers as it is told keeps the contract where it is told nothing else.
class ScriptedPolicyTest extends ReferencePolicyContract {
  @Override
  protected ReferencePolicy open() {
    return scripted(7);
  }

  @Override
  protected Optional<ReferencePolicy> openUnderAnotherSeed() {
    return Optional.of(scripted(8));
  }

  private static ReferencePolicy scripted(long seed) {
    return new ScriptedPolicy(
        seed,
        (request, answer) ->
            request.prompt().display().contains("never")
                ? new Answer.Refused("the script refuses it")
                : answer);
  }

  @Override
  protected List<Prompt> prompts() {
    return List.of(Prompt.user("one"), new Prompt.Text("two"));
  }

  @Override
  protected Optional<Prompt> refused() {
    return Optional.of(new Prompt.Text("never"));
  }
}
