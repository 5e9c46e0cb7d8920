package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.draw.Tokens;
import topdraw.input.InputException;
import topdraw.reference.BusyException;
import topdraw.reference.Completions;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;

/// The real model, asked by many at once: every bit is as if each had asked it alone.
@Timeout(300) // a draw that nobody ends would wait for ever
class SharedLlamaTest {
  private static final String TURN = "<|im_start|>user\nSay OK.<|im_end|>\n<|im_start|>assistant\n";

  /// Some share a head, one is the beginning of another.
  private static final List<Prompt> PROMPTS =
      List.of(
          Prompt.user("Name one colour."),
          Prompt.user("Say yes or no: is water wet?"),
          new Prompt.Text(TURN + "OK"),
          new Prompt.Text("The capital of France is"),
          new Prompt.Text("The capital of"));

  private record Law(Sampling sampling, long seed) {}

  private static final List<Law> LAWS =
      List.of(
          new Law(Sampling.plain(12), 7),
          new Law(new Sampling(0.7, 40, 0.9, 0.01, 20), 8),
          new Law(new Sampling(1.3, 0, 0.8, 0, 5), 7),
          new Law(new Sampling(1, 0, 1, 0.05, 33), 9));

  private record Asked(Law law, Prompt prompt, int index) {}

  private static Map<Asked, Draw> alone(List<Asked> asked) {
    Map<Asked, Draw> alone = new HashMap<>();
    for (Law law : LAWS) {
      try (LlamaPolicy policy = TestModel.open(law.sampling, law.seed, 1)) {
        for (Asked one : asked) {
          if (one.law.equals(law)) {
            alone.computeIfAbsent(one, _ -> policy.draw(one.prompt, one.index, 1).getFirst());
          }
        }
      }
    }
    return alone;
  }

  private static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  /// What one thread gets: a draw, or null where it gave up.
  private static @Nullable Draw drawn(Completions completions, int index, int givingUpAt) {
    try {
      if (givingUpAt == 0) Thread.currentThread().interrupt();
      return completions.draw(
          index,
          tokens -> {
            if (tokens >= givingUpAt) Thread.currentThread().interrupt();
          });
    } catch (CancellationException e) {
      return null;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void everyCompletionHasTheBitsOfOneDrawnAlone(long seed) throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<Asked, Future<@Nullable Draw>> given = new HashMap<>();
    List<Asked> waitedFor = new ArrayList<>();
    List<Completions> open = new ArrayList<>();
    try (SharedLlama shared = TestModel.share(random.nextInt(2, 7), 64, 20);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int request = 0; request < 9; request++) {
        Law law = pick(LAWS, random);
        Prompt prompt = pick(PROMPTS, random);
        Completions completions = shared.ask(prompt, law.sampling, law.seed);
        open.add(completions);
        for (int index = 0; index < random.nextInt(1, 6); index++) {
          var asked = new Asked(law, prompt, index);
          if (given.containsKey(asked)) continue;
          boolean givesUp = random.nextInt(4) == 0;
          int at = givesUp ? random.nextInt(law.sampling.maxTokens()) : Integer.MAX_VALUE;
          if (!givesUp) waitedFor.add(asked);
          given.put(asked, threads.submit(() -> drawn(completions, asked.index, at)));
        }
      }
      for (Future<@Nullable Draw> future : given.values()) future.get();
      open.forEach(Completions::close);
    }
    Map<Asked, Draw> alone = alone(List.copyOf(given.keySet()));
    assertThat(waitedFor).hasSizeGreaterThan(8);
    for (Asked asked : given.keySet()) {
      Draw draw = given.get(asked).resultNow();
      if (draw == null) assertThat(waitedFor).doesNotContain(asked);
      else assertThat(draw).as("%s", asked).isEqualTo(alone.get(asked));
    }
  }

  /// Two requests of eight each, in turns of four: the prompt of each is decoded twice, what both
  /// begin with once.
  @Test
  void aPromptIsDecodedOnceATurnAndNotOnceADraw() throws Exception {
    try (SharedLlama shared = TestModel.share(4, 8, 2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Completions first = shared.ask(PROMPTS.get(0), Sampling.plain(8), 1);
        Completions second = shared.ask(PROMPTS.get(1), Sampling.plain(8), 1)) {
      Held held = Held.of(shared::between, threads);
      List<Future<?>> all = new ArrayList<>();
      for (int index = 0; index < 8; index++) {
        int i = index;
        all.add(threads.submit(() -> first.draw(i, _ -> {})));
        all.add(threads.submit(() -> second.draw(i, _ -> {})));
      }
      while (shared.waiting() < 16) Thread.sleep(1);
      held.release();
      for (Future<?> one : all) one.get();
      int both = first.promptTokens() + second.promptTokens();
      assertThat(shared.promptTokensDecoded()).isBetween((long) both / 2, 2L * both);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndOthersGoOn() throws Exception {
    Prompt endless = new Prompt.Text("word ".repeat(9000));
    Law law = LAWS.getFirst();
    try (SharedLlama shared = TestModel.share(2, 64, 2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Completions completions = shared.ask(PROMPTS.getFirst(), law.sampling, law.seed)) {
      Future<Draw> draw = threads.submit(() -> completions.draw(3, _ -> {}));
      for (int i = 0; i < 5; i++) { // refused, it takes no place
        assertThatThrownBy(() -> shared.ask(endless, law.sampling, 7))
            .isInstanceOf(InputException.class)
            .hasMessageMatching("the prompt has \\d+ tokens and .* 8192; .*");
        assertThatThrownBy(() -> shared.ask(PROMPTS.getFirst(), Sampling.plain(65), 7))
            .isInstanceOf(InputException.class)
            .hasMessage("max-tokens must be at most 64 here, was 65");
      }
      try (Completions another = shared.ask(PROMPTS.get(1), law.sampling, 7)) {
        assertThat(another.promptTokens()).isPositive();
        assertThatThrownBy(() -> shared.ask(PROMPTS.get(2), law.sampling, 7))
            .isInstanceOf(BusyException.class)
            .hasMessageContaining("2 requests");
      }
      shared.ask(PROMPTS.get(2), law.sampling, 7).close();
      assertThat(draw.get())
          .isEqualTo(
              alone(List.of(new Asked(law, PROMPTS.getFirst(), 3))).values().iterator().next());
    }
  }

  @Test
  void whatIsDrawnBlockByBlockAndWhatIsJudgedAreTheSameBesideDraws() throws Exception {
    Law law = new Law(new Sampling(0.9, 0, 0.95, 0, 14), 7);
    List<Prompt> questions =
        IntStream.range(0, 5)
            .mapToObj(i -> Prompt.user("Is " + i + " an even number? Answer Yes or No."))
            .toList();
    List<List<Draw>> blocks;
    List<Score> odds;
    List<Draw> draws;
    try (LlamaPolicy policy = TestModel.open(law.sampling, law.seed)) {
      try (Continuation text = policy.begin(PROMPTS.getFirst(), 3)) {
        blocks = blocks(text);
      }
      odds = policy.logOdds(questions, "Yes", "No");
      draws = policy.draw(PROMPTS.getFirst(), 0, 6);
    }
    try (SharedLlama shared = TestModel.share(3, 64, 2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Completions completions = shared.ask(PROMPTS.getFirst(), law.sampling, law.seed)) {
      List<Future<Draw>> beside =
          IntStream.range(0, 6)
              .mapToObj(i -> threads.submit(() -> completions.draw(i, _ -> {})))
              .toList();
      List<Future<List<List<Draw>>>> texts =
          IntStream.range(0, 2) // one waits for the other
              .mapToObj(_ -> threads.submit(() -> begun(completions)))
              .toList();
      Future<List<Score>> judged = threads.submit(() -> shared.logOdds(questions, "Yes", "No"));
      for (Future<List<List<Draw>>> text : texts) assertThat(text.get()).isEqualTo(blocks);
      assertThat(judged.get()).isEqualTo(odds);
      for (int i = 0; i < 6; i++) assertThat(beside.get(i).get()).isEqualTo(draws.get(i));
    }
  }

  private static List<List<Draw>> begun(Completions completions) {
    try (Continuation text = completions.begin(3)) {
      return blocks(text);
    }
  }

  private static List<List<Draw>> blocks(Continuation text) {
    List<List<Draw>> blocks = new ArrayList<>();
    while (!text.finished()) {
      blocks.add(text.draw(5, (_, _) -> {}));
      text.accept(1);
    }
    return blocks;
  }

  @Test
  void aRequestKnowsWhatItTakesToDrawTheSameAgain() {
    try (SharedLlama shared = TestModel.share(2, 16, 1);
        LlamaPolicy policy = TestModel.open(LAWS.getFirst().sampling, 7, 2);
        Completions completions = shared.ask(PROMPTS.get(3), LAWS.getFirst().sampling, 7)) {
      assertThat(completions.provenance()).isEqualTo(policy.provenance());
      assertThat(shared.capabilities()).isEqualTo(policy.capabilities());
      assertThat(shared.model()).isEqualTo(policy.model());
      assertThatThrownBy(() -> completions.draw(-1, _ -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4, 5})
  void whatTheTokensOfACompletionAddMakesItsText(long seed) {
    try (SharedLlama shared = TestModel.share(2, 64, 1);
        Completions completions =
            shared.ask(Prompt.user("Greet me with emoji."), Sampling.plain(64), seed)) {
      Draw draw = completions.draw(0, _ -> {});
      var bytes = new ByteArrayOutputStream();
      for (int token : ((Tokens.Ids) draw.tokens()).ids()) {
        bytes.writeBytes(completions.bytes(token));
      }
      assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(draw.text().orElseThrow());
      assertThatThrownBy(() -> completions.bytes(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void whoWaitsWhenItIsClosedIsToldSo() throws Exception {
    SharedLlama shared = TestModel.share(1, 4000, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Completions completions = shared.ask(PROMPTS.getFirst(), Sampling.plain(4000), 7);
      var drawing = new CountDownLatch(1);
      List<Future<Draw>> draws =
          IntStream.range(0, 4)
              .mapToObj(i -> threads.submit(() -> completions.draw(i, _ -> drawing.countDown())))
              .toList();
      Future<Continuation> text = threads.submit(() -> completions.begin(1));
      drawing.await();
      text.get();
      shared.close();
      for (Future<Draw> draw : draws) {
        assertThatThrownBy(draw::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(DrawFailedException.class)
            .hasMessage("the model has been closed");
      }
      List<Runnable> late =
          List.of(
              () -> completions.draw(0, _ -> {}),
              () -> completions.bytes(0),
              () -> text.resultNow().draw(1, (_, _) -> {}),
              () -> shared.logOdds(List.of(PROMPTS.getFirst()), "Yes", "No"));
      for (Runnable call : late) {
        assertThatThrownBy(call::run)
            .isInstanceOf(DrawFailedException.class)
            .hasMessage("the model has been closed");
      }
      completions.close();
      assertThatThrownBy(() -> shared.ask(PROMPTS.getFirst(), Sampling.plain(4), 7))
          .isInstanceOf(DrawFailedException.class)
          .hasMessage("the model has been closed");
    }
    shared.close();
  }
}
