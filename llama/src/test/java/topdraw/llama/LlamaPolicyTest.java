package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Tokens;
import topdraw.llama.engine.EngineBuild;
import topdraw.reference.Sampling;

/// The real model: the same draws however they are asked for, and log-probabilities that a second
/// road confirms; on every build of llama.cpp.
@ParameterizedClass(name = "{0}")
@EnumSource(EngineBuild.class)
class LlamaPolicyTest {
  private static final Prompt PROMPT = Prompt.user("Name one colour.");
  private static final Prompt OTHER = new Prompt.Text("The capital of France is");
  private static final int MAX_TOKENS = 16;
  private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

  private static @Nullable LlamaPolicy opened;
  private static LlamaPolicy policy;
  private static List<Draw> twenty;

  @Parameter EngineBuild build;

  @BeforeParameterizedClassInvocation
  static void drawOnce(EngineBuild build) {
    TestModel.require(build);
    policy = open(7, 16, build);
    opened = policy;
    twenty = policy.draw(PROMPT, 0, 20);
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (opened != null) opened.close();
    opened = null;
  }

  private static LlamaPolicy open(long seed, int width, EngineBuild build) {
    return TestModel.open(Sampling.plain(MAX_TOKENS), seed, width, build);
  }

  private static Tokens.Ids tokens(Draw draw) {
    return (Tokens.Ids) draw.tokens();
  }

  @Test
  void completionsAreIndexedInOrder() {
    assertThat(twenty).extracting(Draw::index).isEqualTo(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void aCompletionIsTheSameBitForBitHoweverManyAreDrawnWithIt() {
    assertThat(policy.draw(PROMPT, 0, 1)).isEqualTo(twenty.subList(0, 1));
    assertThat(policy.draw(PROMPT, 0, 4)).isEqualTo(twenty.subList(0, 4));
    assertThat(policy.draw(PROMPT, 13, 6)).isEqualTo(twenty.subList(13, 19));
  }

  @Test
  void anotherPromptInBetweenChangesNothing() {
    List<Draw> before = policy.draw(OTHER, 0, 2);
    assertThat(policy.draw(PROMPT, 2, 2)).isEqualTo(twenty.subList(2, 4));
    assertThat(policy.draw(OTHER, 0, 2)).isEqualTo(before);
  }

  @Test
  void aFreshPolicyOfAnotherWidthDrawsTheSame() {
    try (LlamaPolicy narrow = open(7, 3, build)) {
      assertThat(narrow.draw(PROMPT, 0, 5)).isEqualTo(twenty.subList(0, 5));
    }
  }

  /// Batched, one token at a time against teacher-forced, all tokens of the sequence at once. Bit
  /// for bit on AVX2 and AVX-512 processors; the tolerance leaves room for other instruction sets.
  @Test
  void logProbabilitiesAgreeWithATeacherForcedSecondPass() {
    for (Draw draw : twenty.subList(0, 8)) {
      assertThat(policy.score(PROMPT, tokens(draw).ids()))
          .usingComparatorWithPrecision(X86 ? 0 : 1e-4)
          .containsExactly(tokens(draw).logProbabilities());
      assertThat(draw.logProbability())
          .isEqualTo(new LogProbability.Exact(tokens(draw).logProbability(0)));
    }
  }

  @Test
  void scoringAnotherCompletionsTokensGivesOtherNumbers() {
    Tokens.Ids own = tokens(twenty.get(0));
    assertThat(policy.score(OTHER, own.ids())).isNotEqualTo(own.logProbabilities());
  }

  @Test
  void aCompletionEndsWithAnEndTokenOrAtTheLimitAndSaysWhich() {
    assertThat(twenty)
        .extracting(Draw::finish)
        .contains(FinishReason.STOP, FinishReason.LENGTH)
        .containsOnly(FinishReason.STOP, FinishReason.LENGTH);
    for (Draw draw : twenty) {
      boolean ended = draw.finish().equals(FinishReason.STOP);
      int[] ids = tokens(draw).ids();
      int last = ids[ids.length - 1];
      assertThat(last == 0 || last == 2).isEqualTo(ended);
      assertThat(draw.text().orElseThrow()).doesNotContain("<|im_end|>", "<|endoftext|>");
      if (!ended) assertThat(ids).hasSize(MAX_TOKENS);
    }
  }

  @Test
  void anotherSeedDrawsOthers() {
    try (LlamaPolicy other = open(8, 3, build)) {
      assertThat(other.draw(PROMPT, 0, 4))
          .extracting(Draw::text)
          .isNotEqualTo(twenty.subList(0, 4).stream().map(Draw::text).toList());
    }
  }

  @Test
  void progressCountsCompletionsAndTokens() {
    var seen = new ArrayList<long[]>();
    List<Draw> drawn =
        policy.draw(
            PROMPT, 0, 17, (completions, tokens) -> seen.add(new long[] {completions, tokens}));
    assertThat(seen.getLast())
        .containsExactly(17, drawn.stream().mapToLong(draw -> tokens(draw).size()).sum());
    assertThat(seen).isSortedAccordingTo((a, b) -> Long.compare(a[1], b[1]));
  }

  @Test
  void aPromptThatDoesNotFitIsRefusedWithTheNumbers() {
    var text = new Prompt.Text("word ".repeat(9000));
    assertThatThrownBy(() -> policy.draw(text, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("the prompt has \\d+ tokens and a completion may have 16, .*8192; .*");
    var endless = new Prompt.Text("x".repeat(50_000_000));
    assertThatThrownBy(() -> policy.draw(endless, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least");
  }

  @Test
  void aLongPromptGetsARoomierCache() {
    var text = new Prompt.Text("One two three four. ".repeat(60));
    assertThat(policy.draw(text, 0, 2)).hasSize(2);
    assertThat(policy.draw(PROMPT, 0, 2)).isEqualTo(twenty.subList(0, 2));
  }

  @Test
  void anInterruptEndsTheDrawingAndThePolicyLivesOn() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> policy.draw(PROMPT, 0, 2)).isInstanceOf(CancellationException.class);
    assertThat(policy.draw(PROMPT, 0, 2)).isEqualTo(twenty.subList(0, 2));
  }

  @Test
  void badRequestsAreRefusedBeforeNativeCode() {
    Stream.<Runnable>of(
            () -> policy.draw(PROMPT, -1, 1),
            () -> policy.draw(PROMPT, 0, 0),
            () -> policy.score(PROMPT, new int[] {49152}),
            () -> policy.score(PROMPT, new int[] {-1}),
            () -> policy.score(PROMPT, new int[MAX_TOKENS + 1]))
        .forEach(
            call ->
                assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("\n"));
  }

  @Test
  void whatTheProbabilitiesDependOnIsRecorded() {
    assertThat(policy.provenance().fingerprint())
        .containsEntry(
            "library", "llama.cpp " + build.label() + " (" + build.carrier().title() + ")")
        .containsEntry("quantization", "Q4_1")
        .containsEntry("flash-attention", "on")
        .containsKeys("processor", "model-sha256", "kv-type", "threads", "width");
  }
}
