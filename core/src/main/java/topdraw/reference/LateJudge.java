package topdraw.reference;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// A judge that is named only after rewards have taken it: they are opened, and what is wrong with
/// them is said, before a model is loaded.
public final class LateJudge implements Supplier<Judge> {
  private boolean taken;
  private @Nullable Judge judge;

  /// Nobody yet.
  public LateJudge() {}

  /// A judge that may be asked once it is there.
  @Override
  public Judge get() {
    taken = true;
    return new Judge() {
      @Override
      public List<Score> logOdds(List<Prompt> questions, String yes, String no) {
        return judge().logOdds(questions, yes, no);
      }

      @Override
      public List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
        return judge().verdicts(questions, answers);
      }

      @Override
      public String model() {
        return judge().model();
      }
    };
  }

  /// Whether somebody has taken it, so that a model is needed.
  ///
  /// @return false while nobody has
  public boolean taken() {
    return taken;
  }

  /// Names the judge.
  ///
  /// @param policy the policy that is drawn from; stays another's to close
  /// @throws InputException if it is needed and answers no questions
  public void is(ReferencePolicy policy) {
    if (policy instanceof Judge model) {
      is(model);
    } else if (taken) {
      throw new InputException(
          Problem.UNSUPPORTED,
          policy.provenance().model()
              + " cannot be asked what it thinks of a completion; choose another reward");
    }
  }

  /// Names the judge.
  ///
  /// @param model answers questions; stays another's to close
  public void is(Judge model) {
    judge = model;
  }

  private Judge judge() {
    if (judge == null) {
      throw new IllegalStateException("a reward asked the model before it was there");
    }
    return judge;
  }
}
