package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Place HERE = Place.of("file:1");

  private static Outcome of(Tokens tokens, String text, FinishReason finish) {
    return Outcome.of(tokens, Optional.of(text), finish, HERE);
  }

  private static Tokens ids(int... ids) {
    return new Tokens.Ids(ids, new double[0]);
  }

  @Test
  void whereIdsAreKnownTheyDecideAndNothingElse() {
    assertThat(of(ids(1, 2), "a", FinishReason.STOP))
        .isEqualTo(of(ids(1, 2), "b", FinishReason.LENGTH))
        .isNotEqualTo(of(ids(1), "a", FinishReason.STOP));
  }

  @Test
  void elseTheTextDecidesAndWhetherTheLimitCutIt() {
    assertThat(of(Tokens.unknown(), "a", FinishReason.STOP))
        .isEqualTo(of(new Tokens.Count(3), "a", FinishReason.NOT_RECORDED))
        .isEqualTo(of(new Tokens.Texts(List.of("a"), new double[0]), "a", FinishReason.of("eos")))
        .isNotEqualTo(of(Tokens.unknown(), "b", FinishReason.STOP))
        .isNotEqualTo(of(Tokens.unknown(), "a", FinishReason.of("max_tokens")));
  }

  @Test
  void ofWhichNothingIsKnownEachIsItsOwn() {
    Outcome here = Outcome.of(Tokens.unknown(), Optional.empty(), FinishReason.STOP, HERE);
    assertThat(here)
        .isEqualTo(Outcome.of(Tokens.unknown(), Optional.empty(), FinishReason.STOP, HERE))
        .isNotEqualTo(
            Outcome.of(Tokens.unknown(), Optional.empty(), FinishReason.STOP, Place.of("file:2")));
  }

  @Test
  void aTextThatLooksLikeIdsOrANameIsStillAText() {
    assertThat(of(Tokens.unknown(), "[1, 2]", FinishReason.STOP))
        .isNotEqualTo(of(ids(1, 2), "", FinishReason.STOP))
        .isNotEqualTo(new Outcome.Named("[1, 2]"));
  }
}
