package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.Prompt;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.llama.engine.EngineBuild;
import topdraw.reference.Beginnings;
import topdraw.reference.Continuation;
import topdraw.reference.ReferencePolicy.DrawProgress;
import topdraw.reference.Sampling;
import topdraw.reward.Reward;
import topdraw.reward.Rewards;
import topdraw.selection.Block;
import topdraw.selection.Blockwise;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// The real model, drawn block by block: what is accepted is never decoded again, and has the
/// probability that a second road confirms.
class BlocksTest {
  private static final Prompt PROMPT = Prompt.user("Name one colour, and say why.");
  private static final int MAX_TOKENS = 14;
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

  private static BlockwiseRound blockwise(int n, int block) {
    return new Blockwise(n, block, LIKELIHOOD).select(policy, PROMPT, SILENT);
  }

  @Test
  void oneBlockAsLongAsACompletionIsBestOfNToTheBit() {
    for (int block : new int[] {MAX_TOKENS, 1000}) {
      BlockwiseRound blockwise = blockwise(5, block);
      Round plain = new Selector(policy, LIKELIHOOD).select(new Selection.BestOfN(5), PROMPT);
      assertThat(blockwise.blocks()).hasSize(1);
      assertThat(blockwise.blocks().getFirst().candidates()).isEqualTo(plain.draws());
      assertThat(blockwise.answer()).isEqualTo(plain.winner());
    }
  }

  /// One build has fewer sequences than a batch has rows.
  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void everyBuildDrawsBlockByBlockAndPauses(EngineBuild build) {
    TestModel.require(build);
    try (LlamaPolicy policy = TestModel.open(Sampling.plain(4), SEED, 1, build);
        Continuation all = policy.begin(PROMPT, build.mostSlots())) {
      assertThat(all.draw(1, SILENT)).hasSize(build.mostSlots());
      all.close();
      try (Beginnings two = policy.beginnings(PROMPT, 2)) {
        assertThat(two.drawTo(4, SILENT)).isEqualTo(policy.draw(PROMPT, 0, 2));
      }
      assertThatThrownBy(() -> policy.begin(PROMPT, build.mostSlots() + 1))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "a block has from 1 to %d candidates side by side", build.mostSlots());
    }
  }

  private static Tokens.Ids tokens(Draw draw) {
    return (Tokens.Ids) draw.tokens();
  }

  private static List<Draw> unscored(Block block) {
    return block.candidates().stream().map(draw -> draw.withScores(Scores.none())).toList();
  }

  /// Measured difference: exactly 0 on AVX2 and AVX-512 processors; the tolerance leaves room for
  /// other instruction sets.
  @Test
  void logProbabilitiesAgreeWithATeacherForcedSecondPass() {
    for (int block : new int[] {1, 6}) {
      for (Draw candidate : blockwise(4, block).blocks().getLast().candidates()) {
        assertThat(policy.score(PROMPT, tokens(candidate).ids()))
            .as("blocks of %d, candidate %d", block, candidate.index())
            .usingComparatorWithPrecision(1e-4)
            .containsExactly(tokens(candidate).logProbabilities());
      }
    }
  }

  /// The prompt once; of every block each candidate's tokens but the last, which nothing follows
  /// there; and the last of those accepted, where a block follows.
  @Test
  void nothingIsDecodedTwice() {
    try (LlamaPolicy fresh = TestModel.open(Sampling.plain(MAX_TOKENS), SEED)) {
      long prompt = tokensOf(PROMPT);
      for (int block : new int[] {1, 5, MAX_TOKENS}) {
        BlockwiseRound round = new Blockwise(4, block, LIKELIHOOD).select(fresh, PROMPT, SILENT);
        long within = round.tokensDrawn() - 4L * round.blocks().size();
        long between = round.blocks().size() - 1;
        assertThat(round.tokensDecoded())
            .as("blocks of %d", block)
            .isEqualTo(prompt + within + between);
        prompt = 1; // it is still there, but for what follows its last token
      }
    }
  }

  /// Another model of the same prompt tells how long it is, by drawing a single token after it.
  private static long tokensOf(Prompt prompt) {
    try (LlamaPolicy other = TestModel.open(Sampling.plain(1), SEED);
        Continuation text = other.begin(prompt, 1)) {
      text.draw(1, SILENT);
      return text.tokensDecoded();
    }
  }

  @Test
  void candidatesAreTheSameHoweverManyThereAre() {
    List<List<Draw>> few = acceptingTheSecond(3, policy);
    assertThat(few).hasSizeGreaterThan(2);
    try (LlamaPolicy narrow = TestModel.open(Sampling.plain(MAX_TOKENS), SEED, 1)) {
      List<List<Draw>> many = acceptingTheSecond(20, narrow);
      assertThat(many.stream().map(block -> block.subList(0, 3))).isEqualTo(few);
    }
  }

  private static List<List<Draw>> acceptingTheSecond(int n, LlamaPolicy from) {
    List<List<Draw>> blocks = new ArrayList<>();
    try (Continuation text = from.begin(PROMPT, n)) {
      while (!text.finished()) {
        blocks.add(text.draw(5, SILENT));
        text.accept(1);
      }
    }
    return blocks;
  }

  @Test
  void aBlockContinuesWhatWasAcceptedAndEndsWithTheEndTokenOrTheLimit() {
    BlockwiseRound round = blockwise(6, 5);
    int[] accepted = {};
    for (Block block : round.blocks()) {
      assertThat(block.start()).isEqualTo(accepted.length);
      for (Draw candidate : block.candidates()) {
        int[] tokens = tokens(candidate).ids();
        assertThat(Arrays.copyOf(tokens, accepted.length)).isEqualTo(accepted);
        assertThat(tokens.length - accepted.length).isBetween(1, 5);
      }
      accepted = tokens(block.accepted()).ids();
    }
    boolean ended = round.answer().finish().equals(FinishReason.STOP);
    int last = accepted[accepted.length - 1];
    assertThat(last == 0 || last == 2).isEqualTo(ended);
    assertThat(ended || accepted.length == MAX_TOKENS).isTrue();
  }

  @Test
  void otherDrawsAndOtherCompletionsInBetweenChangeNothing() {
    BlockwiseRound before = blockwise(4, 6);
    List<Draw> plain = policy.draw(PROMPT, 0, 2);
    try (Continuation text = policy.begin(PROMPT, 4)) {
      assertThat(text.draw(6, SILENT)).isEqualTo(unscored(before.blocks().getFirst()));
      assertThat(policy.draw(PROMPT, 0, 2)).isEqualTo(plain);
      text.accept(before.blocks().getFirst().chosen());
      assertThat(text.draw(6, SILENT)).isEqualTo(unscored(before.blocks().get(1)));
    }
    new Blockwise(2, 3, LIKELIHOOD).select(policy, new Prompt.Text("The capital of"), SILENT);
    BlockwiseRound after = blockwise(4, 6);
    assertThat(after.blocks()).isEqualTo(before.blocks());
    assertThat(after.answer()).isEqualTo(before.answer());
  }

  @Test
  void anInterruptEndsTheDrawingAndThePolicyLivesOn() {
    BlockwiseRound before = blockwise(4, 6);
    DrawProgress interrupting =
        (_, tokens) -> {
          if (tokens >= 30) Thread.currentThread().interrupt();
        };
    assertThatThrownBy(() -> new Blockwise(4, 6, LIKELIHOOD).select(policy, PROMPT, interrupting))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(blockwise(4, 6).blocks()).isEqualTo(before.blocks());
  }

  @Test
  void whatCannotBeDrawnIsRefusedBeforeNativeCode() {
    assertThatThrownBy(() -> policy.begin(PROMPT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block has from 1 to 256 candidates side by side, was 0");
    assertThatThrownBy(() -> policy.begin(PROMPT, 257)).hasMessageContaining("was 257");
    try (LlamaPolicy endless = TestModel.open(Sampling.plain(4000), SEED)) {
      assertThatThrownBy(() -> endless.begin(PROMPT, 256))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("256 candidates of 4000 tokens .* lower n or max-tokens");
    }
    try (Continuation text = policy.begin(PROMPT, 2)) {
      assertThatThrownBy(() -> policy.begin(PROMPT, 2)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> text.draw(0, SILENT)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> text.accept(0)).hasMessageContaining("no candidates");
      text.draw(MAX_TOKENS, SILENT);
      assertThatThrownBy(() -> text.draw(1, SILENT)).hasMessageContaining("accepted first");
      assertThatThrownBy(() -> text.accept(2)).isInstanceOf(IllegalArgumentException.class);
      text.accept(0);
      assertThatThrownBy(() -> text.draw(1, SILENT)).hasMessageContaining("whole");
      text.close();
      assertThatThrownBy(() -> text.draw(1, SILENT)).hasMessageContaining("closed");
    }
  }
}
