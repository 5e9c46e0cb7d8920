package topdraw.servers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import topdraw.draw.Prompt;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// A connection that breaks while a server is asked tells nothing about the server, so nothing is
/// concluded: what is found then stands in a run for good.
class BrokenCheckupTest {
  private static final LogProbabilitySemantics GOOD =
      new LogProbabilitySemantics(
          Distribution.POLICY, EndToken.INCLUDED, Terms.ALL, true, false, 0);

  /// One answer of a good server fails.
  private static final class Breaking implements ProbedServer {
    private final ProbedServer good = new LittleServer(GOOD);
    private final int at;
    private final int status;
    private int asked;

    Breaking(int at, int status) {
      this.at = at;
      this.status = status;
    }

    @Override
    public List<Completion> answer(Question question) {
      if (asked++ == at) {
        throw new ServerException(
            new Failure(Failure.Kind.BROKEN, "it broke", status, "", true, Optional.empty()));
      }
      return good.answer(question);
    }

    @Override
    public double[] vocabulary(String text) {
      return good.vocabulary(text);
    }

    @Override
    public double statedMargin() {
      return good.statedMargin();
    }

    @Override
    public OptionalInt promptTokens(Prompt prompt) {
      return good.promptTokens(prompt);
    }
  }

  @Test
  void aConnectionThatBreaksAtAnyQuestionEndsIt() {
    Breaking never = new Breaking(Integer.MAX_VALUE, 0);
    Checkup.of(never);
    assertThat(never.asked).isGreaterThan(5);
    for (int at = 0; at < never.asked; at++) {
      Breaking server = new Breaking(at, 0);
      assertThatThrownBy(() -> Checkup.of(server))
          .isInstanceOf(ServerException.class)
          .hasMessage("it broke");
    }
  }

  /// The connection held, but what came is no completion: the server's own way with that question.
  @Test
  void anAnswerThatIsNoCompletionIsOneThatIsNotKnown() {
    assertThat(Checkup.of(new Breaking(0, 200)).semantics().endToken())
        .isEqualTo(EndToken.INCLUDED);
  }
}
