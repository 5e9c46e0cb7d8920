package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.reference.Beginnings;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.PrefixRejection;
import topdraw.selection.RejectionRound;
import topdraw.selection.RejectionRule;

/// The real model, its completions paused on their way: bit for bit those that it draws at once.
class BeginningsTest {
  private static final Prompt PROMPT = Prompt.user("Name one colour, and say why.");
  private static final int MAX_TOKENS = 20;
  private static final long SEED = 7;
  private static final DrawProgress SILENT = (_, _) -> {};
  private static final List<Reward> LIKELIHOOD = List.of(Rewards.logLikelihood());

  private static LlamaPolicy policy;

  @BeforeAll
  static void open() {
    policy = TestModel.open(Sampling.plain(MAX_TOKENS), SEED);
  }

  @AfterAll
  static void close() {
    policy.close();
  }

  private static int length(Draw draw) {
    return ((Tokens.Ids) draw.tokens()).size();
  }

  @Test
  void pausesAndWhatIsGivenUpChangeNoBitOfTheOthers() {
    List<Draw> plain = policy.draw(PROMPT, 0, 6);
    try (Beginnings texts = policy.beginnings(PROMPT, 6)) {
      List<Draw> first = texts.drawTo(1, SILENT);
      assertThat(first).allMatch(draw -> length(draw) == 1);
      List<Draw> then = texts.drawTo(5, SILENT);
      texts.giveUp(2);
      texts.giveUp(4);
      assertThat(policy.draw(PROMPT, 0, 6)).isEqualTo(plain); // other draws in between
      List<Draw> end = texts.drawTo(1_000, SILENT);
      for (int j : new int[] {0, 1, 3, 5}) {
        assertThat(end.get(j)).isEqualTo(plain.get(j));
      }
      assertThat(end.get(2)).isEqualTo(then.get(2));
      assertThat(end.get(4)).isEqualTo(then.get(4));
    }
  }

  /// The prompt once, and every token that another follows.
  @Test
  void whatIsGivenUpCostsNoMore() {
    try (LlamaPolicy fresh = TestModel.open(Sampling.plain(MAX_TOKENS), SEED)) {
      long prompt;
      try (Beginnings texts = fresh.beginnings(PROMPT, 1)) {
        texts.drawTo(1, SILENT);
        prompt = texts.tokensDecoded();
      }
      RejectionRound round =
          new PrefixRejection(8, new RejectionRule(List.of(4, 8), 0.5), LIKELIHOOD)
              .select(fresh, PROMPT, SILENT);
      assertThat(round.left().size()).isBetween(2, 7);
      // The prompt is still there, so its decoding is not paid again.
      assertThat(prompt).isGreaterThan(5);
      assertThat(round.tokensDecoded()).isBetween(round.tokensDrawn() - 8, round.tokensDrawn() - 7);
      assertThat(round.tokensDrawn())
          .isLessThan(8L * MAX_TOKENS)
          .isEqualTo(round.draws().stream().mapToLong(BeginningsTest::length).sum());
      assertThat(
              new PrefixRejection(8, new RejectionRule(List.of(4, 8), 0.5), LIKELIHOOD)
                  .select(fresh, PROMPT, SILENT)
                  .winner())
          .isEqualTo(round.winner());
    }
  }

  @Test
  void anInterruptEndsTheDrawingAndThePolicyLivesOn() {
    List<Draw> plain = policy.draw(PROMPT, 0, 3);
    DrawProgress interrupting =
        (_, tokens) -> {
          if (tokens >= 12) Thread.currentThread().interrupt();
        };
    try (Beginnings texts = policy.beginnings(PROMPT, 3)) {
      assertThatThrownBy(() -> texts.drawTo(MAX_TOKENS, interrupting))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThatThrownBy(() -> texts.drawTo(MAX_TOKENS, SILENT)).hasMessageContaining("closed");
    }
    try (Beginnings texts = policy.beginnings(PROMPT, 3)) {
      assertThat(texts.drawTo(MAX_TOKENS, SILENT)).isEqualTo(plain);
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedBeforeNativeCode() {
    assertThatThrownBy(() -> policy.beginnings(PROMPT, 257)).hasMessageContaining("was 257");
    try (Beginnings texts = policy.beginnings(PROMPT, 2)) {
      assertThatThrownBy(() -> policy.begin(PROMPT, 2)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> texts.drawTo(0, SILENT))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> texts.giveUp(0)).isInstanceOf(IllegalStateException.class);
      texts.drawTo(2, SILENT);
      assertThatThrownBy(() -> texts.giveUp(2)).isInstanceOf(IllegalArgumentException.class);
      texts.close();
      assertThatThrownBy(() -> texts.giveUp(0)).hasMessageContaining("closed");
    }
  }
}
