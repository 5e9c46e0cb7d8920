package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.llama.engine.EngineBuild;
import topdraw.reference.Answer;
import topdraw.reference.Request;
import topdraw.reference.Sampling;

/// The real model, its slots refilled across completions and prompts: every bit is as if each
/// completion had been drawn alone in an empty cache; on every build of llama.cpp.
@ParameterizedClass(name = "{0}")
@EnumSource(EngineBuild.class)
class RefillTest {
  private static final Sampling SAMPLING = Sampling.plain(12);
  private static final int SEED = 7;

  private static final String TURN = "<|im_start|>user\nSay OK.<|im_end|>\n<|im_start|>assistant\n";

  /// Two share the chat template's head; two share a head of their own and soon end; one is the
  /// beginning of another.
  private static final List<Prompt> PROMPTS =
      List.of(
          Prompt.user("Name one colour."),
          Prompt.user("Say yes or no: is water wet?"),
          new Prompt.Text(TURN + "OK"),
          new Prompt.Text(TURN + "OK."),
          new Prompt.Text("The capital of France is"),
          new Prompt.Text("The capital of"));

  private static List<Request> draws;
  private static Map<Request, Draw> alone;

  @Parameter EngineBuild build;

  @BeforeParameterizedClassInvocation
  static void drawEachAloneInAnEmptyCache(EngineBuild build) {
    TestModel.require(build);
    draws =
        PROMPTS.stream()
            .flatMap(prompt -> IntStream.range(0, 3).mapToObj(i -> new Request(prompt, i)))
            .toList();
    alone = new HashMap<>();
    try (LlamaPolicy policy = TestModel.open(SAMPLING, SEED, 1, build)) {
      for (Request draw : draws) {
        policy.score(draw.prompt(), new int[] {1}); // empties the cache
        alone.put(draw, policy.draw(draw.prompt(), draw.index(), 1).getFirst());
      }
    }
    assertThat(alone.values().stream().map(Draw::length).distinct())
        .as("lengths with seed %d", SEED)
        .hasSizeGreaterThan(3);
  }

  @ParameterizedTest(name = "width {0}, shuffled by seed {1}")
  @CsvSource({"1, 0", "3, 2", "16, 1"})
  void everyCompletionHasTheBitsOfOneDrawnAlone(int width, long shuffle) {
    var order = new ArrayList<>(draws);
    if (shuffle > 0) Collections.shuffle(order, new Random(shuffle));
    try (LlamaPolicy policy = TestModel.open(SAMPLING, SEED, width, build)) {
      assertThat(differing(drawAll(policy, order))).isEmpty();
    }
  }

  /// The long one takes the place of the one that ends early; between its two batches the other has
  /// a step, whose cell lies among the prompt's.
  @Test
  void aLongPromptThatLetsOthersGoOnAndTheOthersHaveTheirBits() {
    Request whole = drawnTo(SAMPLING.maxTokens(), SAMPLING.maxTokens());
    Request early = drawnTo(1, SAMPLING.maxTokens() - 3);
    var slow = new Request(new Prompt.Text("One two three four. ".repeat(65)), 0);
    try (LlamaPolicy policy = TestModel.open(SAMPLING, SEED, 2, build)) {
      Draw slowAlone = policy.draw(slow.prompt(), 0, 1).getFirst();
      Map<Request, Draw> drawn = drawAll(policy, List.of(whole, early, slow));
      assertThat(drawn.remove(slow)).isEqualTo(slowAlone);
      assertThat(differing(drawn)).isEmpty();
    }
  }

  private static Request drawnTo(int least, int most) {
    return draws.stream()
        .filter(
            draw -> {
              double length = Objects.requireNonNull(alone.get(draw)).length().orElseThrow();
              return least <= length && length <= most;
            })
        .findFirst()
        .orElseThrow();
  }

  @Test
  void drawsAreReadAFewAheadOfWhatIsFinished() {
    try (LlamaPolicy policy = TestModel.open(SAMPLING, SEED, 2, build)) {
      var read = new AtomicInteger();
      var finished = new AtomicInteger();
      var source = draws.stream().limit(8).peek(_ -> read.incrementAndGet()).iterator();
      policy.drawAll(
          source,
          (_, _) -> assertThat(read.get()).isLessThanOrEqualTo(finished.incrementAndGet() + 3));
      assertThat(finished).hasValue(8);
    }
  }

  @Test
  void anInterruptOrAListenerEndsTheDrawingAndThePolicyLivesOn() {
    List<Request> some = draws.subList(0, 6);
    try (LlamaPolicy policy = TestModel.open(SAMPLING, SEED, 3, build)) {
      assertThatThrownBy(
              () -> policy.drawAll(some.iterator(), (_, _) -> Thread.currentThread().interrupt()))
          .isInstanceOf(CancellationException.class);
      assertThatThrownBy(
              () ->
                  policy.drawAll(
                      some.iterator(), (draw, _) -> policy.draw(draw.prompt(), draw.index(), 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("drawing");
      Map<Request, Draw> drawn = drawAll(policy, some);
      assertThat(drawn).containsOnlyKeys(some);
      assertThat(differing(drawn)).isEmpty();
    }
  }

  private static Map<Request, Draw> drawAll(LlamaPolicy policy, List<Request> order) {
    var drawn = new HashMap<Request, Draw>();
    policy.drawAll(
        order.iterator(), (request, answer) -> drawn.put(request, ((Answer.Drawn) answer).draw()));
    assertThat(drawn).hasSameSizeAs(order);
    return drawn;
  }

  private static List<Request> differing(Map<Request, Draw> drawn) {
    return drawn.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(alone.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
