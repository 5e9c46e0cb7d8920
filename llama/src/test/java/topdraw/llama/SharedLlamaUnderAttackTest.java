package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.engine.LlamaModel;
import topdraw.llama.engine.PromptCache;
import topdraw.llama.engine.Sequence;
import topdraw.llama.engine.Slots;
import topdraw.llama.engine.TokenSampler;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.SyntheticGguf;
import topdraw.reference.Completions;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;
import topdraw.reference.Seeds;

/// Callers that give up, ask for too much or meet a broken model, hundreds of them: the others get
/// what they would get alone. The engine is the real one, the model one layer that fails where it
/// is made to: after a `z` its logits are no numbers.
@Timeout(300) // a draw that nobody ends would wait for ever
class SharedLlamaUnderAttackTest {
  private static final Prompt SOUND = new Prompt.Text("ab");
  private static final Prompt BROKEN = new Prompt.Text("abz");
  private static final LlamaSettings SETTINGS = new LlamaSettings(1, 3, 128);

  /// Bytes of all tensors, and of those before the norm's.
  private static final int TENSORS = 63_360;

  private static final int EMBEDDING = 38_400;

  @TempDir static Path folder;
  private static ModelFile model;

  @BeforeAll
  static void makeAModelThatFails() throws IOException {
    byte[] bytes = SyntheticGguf.loadable(true).bytes();
    ByteBuffer tensors =
        ByteBuffer.wrap(bytes, bytes.length - TENSORS, TENSORS)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int token = 0; token < EMBEDDING / 128; token++) {
      boolean broken = token == 3 + 'z';
      // The norm makes the second number of a `z` infinite; a `z` itself is never drawn.
      tensors.putFloat(128 * token, broken ? -50 : 1).putFloat(128 * token + 4, broken ? 50 : 0);
    }
    tensors.putFloat(EMBEDDING, 1).putFloat(EMBEDDING + 4, Float.MAX_VALUE);
    Path file = Files.write(folder.resolve("fails.gguf"), bytes);
    model = new ModelFile("fails", file, "0".repeat(64), "F32");
  }

  private static SharedLlama open() {
    return SharedLlama.open(model, SETTINGS, 100, 1000);
  }

  private static List<Draw> alone(Sampling sampling, int count) {
    try (LlamaPolicy policy = LlamaPolicy.open(model, sampling, 7, SETTINGS)) {
      return policy.draw(SOUND, 0, count);
    }
  }

  private record Law(Sampling sampling, List<Draw> alone) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void whoGivesUpLeavesNothingBehind(long seed) throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Law> laws =
        IntStream.of(1, 2, 9, 40, 100)
            .mapToObj(Sampling::plain)
            .map(sampling -> new Law(sampling, alone(sampling, 8)))
            .toList();
    try (SharedLlama shared = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      var whole = new AtomicInteger();
      for (int request = 0; request < 60; request++) {
        Law law = laws.get(random.nextInt(laws.size()));
        Completions completions = shared.ask(SOUND, law.sampling, 7);
        int closedBy = random.nextInt(16); // its first eight are draws
        for (int index = 0; index < 8; index++) {
          Consumer<Draw> check =
              draw -> {
                assertThat(draw).isEqualTo(law.alone.get(draw.index()));
                whole.incrementAndGet();
              };
          all.add(threads.submit(caller(completions, index, random, closedBy, check)));
        }
      }
      for (Future<?> one : all) one.get();
      assertThat(whole.get()).as("draws that came to their end").isBetween(60, 470);
      assertThat(shared.waiting()).isZero();
      Law law = laws.get(2);
      try (Completions last = shared.ask(SOUND, law.sampling, 7)) {
        assertThat(last.draw(5, _ -> {})).isEqualTo(law.alone.get(5));
      }
    }
  }

  /// One draw that is given up now and then: by an interrupt, a listener that fails, or whoever
  /// closes the request.
  private static Runnable caller(
      Completions completions,
      int index,
      RandomGenerator random,
      int closedBy,
      Consumer<Draw> check) {
    int how = random.nextInt(6);
    int at = random.nextInt(1, 12);
    return () -> {
      @Nullable Draw draw = null;
      try {
        draw =
            completions.draw(
                index,
                tokens -> {
                  if (tokens < at) return;
                  if (how == 0) Thread.currentThread().interrupt();
                  if (how == 1) throw new IllegalStateException("the listener fails");
                  if (closedBy == index) completions.close();
                });
      } catch (CancellationException e) {
        assertThat(how == 0 || closedBy < 8).isTrue();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("the listener fails");
      }
      if (draw != null) check.accept(draw);
    };
  }

  @Test
  void logitsThatAreNoNumbersFailTheirOwnDrawAndNoOther() throws Exception {
    Sampling sampling = Sampling.plain(60);
    List<Draw> alone = alone(sampling, 6);
    try (SharedLlama shared = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Completions sound = shared.ask(SOUND, sampling, 7);
        Completions broken = shared.ask(BROKEN, sampling, 7)) {
      List<Future<Draw>> draws = new ArrayList<>();
      List<Future<Draw>> failures = new ArrayList<>();
      for (int index = 0; index < 6; index++) {
        int i = index;
        draws.add(threads.submit(() -> sound.draw(i, _ -> {})));
        failures.add(threads.submit(() -> broken.draw(i, _ -> {})));
      }
      for (int i = 0; i < 6; i++) {
        assertThat(draws.get(i).get()).isEqualTo(alone.get(i));
        assertThatThrownBy(failures.get(i)::get)
            .cause()
            .isInstanceOf(DrawFailedException.class)
            .hasMessageContaining("the model is damaged");
      }
    }
  }

  /// A token outside the vocabulary is refused at the border to native code, in the middle of a
  /// round: all that is under way fails, and what waits is drawn in a new cache.
  @Test
  void aFailureOfTheEngineEndsWhatIsUnderWayAndNothingElse() throws Exception {
    List<Draw> alone = alone(Sampling.plain(60), 5);
    try (LlamaModel loaded = LlamaModel.load(model, EngineBuild.DEFAULT);
        PromptCache cache = new PromptCache(loaded, 2, 1);
        EngineThread engine = new EngineThread(cache, new Slots(cache));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.start();
      int[] sound = new PromptTokens(loaded, 128, () -> LocalDate.EPOCH).of(SOUND, 60);
      var sampler = new TokenSampler(loaded.vocabularySize(), Sampling.plain(60));
      for (int round = 0; round < 20; round++) {
        Held held = Held.of(engine, threads);
        List<Future<Draw>> draws = new ArrayList<>();
        for (int i = 0; i < 5; i++) { // two slots: the second of five fails, with the first
          int index = i;
          int[] prompt = i == 1 ? new int[] {sound[0], 1 << 20} : sound;
          draws.add(threads.submit(() -> draw(engine, loaded, prompt, sampler, index)));
          while (engine.waiting() < i + 1) Thread.sleep(1);
        }
        held.release();
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(draws.get(i)::get)
              .isInstanceOf(ExecutionException.class)
              .cause()
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("token out of range: 1048576");
        }
        for (int i = 2; i < 5; i++) {
          assertThat(draws.get(i).get()).isEqualTo(alone.get(i));
        }
      }
    }
  }

  /// Whoever asks for something else again and again has it done once a step.
  @Test
  void otherWorkWithoutEndHoldsNoDrawUp() throws Exception {
    Sampling sampling = Sampling.plain(60);
    List<Draw> alone = alone(sampling, 1);
    var over = new AtomicBoolean();
    try (SharedLlama shared = open();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Completions sound = shared.ask(SOUND, sampling, 7)) {
      for (int i = 0; i < 8; i++) {
        threads.execute(
            () -> {
              while (!over.get()) shared.between(() -> LockSupport.parkNanos(1_000_000));
            });
      }
      try {
        assertThat(sound.draw(0, _ -> {})).isEqualTo(alone.getFirst());
      } finally {
        over.set(true);
      }
    }
  }

  private static Draw draw(
      EngineThread engine, LlamaModel loaded, int[] prompt, TokenSampler sampler, int index) {
    var stream = Seeds.stream(7, SOUND.key(), index);
    var draw = new AwaitedDraw(loaded, prompt, sampler, () -> new Sequence(index, stream, 60));
    engine.add(SOUND, draw);
    return draw.await(_ -> {});
  }
}
