package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.SyntheticGguf;
import topdraw.reference.Sampling;

/// What slots do, step by step, on a model of one layer: who begins, goes on, gives up, and how
/// much room is needed.
class SlotsTest {
  @TempDir static Path folder;

  private LlamaModel model;
  private TokenSampler sampler;
  private List<Drawn> events;

  @BeforeEach
  void load() throws IOException {
    Path file = folder.resolve("model.gguf");
    if (Files.notExists(file)) Files.write(file, SyntheticGguf.loadable(true).bytes());
    model =
        LlamaModel.load(new ModelFile("model", file, "0".repeat(64), "F32"), EngineBuild.DEFAULT);
    sampler = new TokenSampler(model.vocabularySize(), Sampling.plain(1));
    events = new ArrayList<>();
  }

  @AfterEach
  void close() {
    model.close();
  }

  /// A completion that only its limit ends, or who gives up once it has so many tokens.
  private class Drawn implements Slots.Task {
    private final int[] prompt;
    private final Sequence sequence;
    private final int givingUpAt;

    Drawn(int[] prompt, int maxTokens, int givingUpAt) {
      this.prompt = prompt;
      this.sequence = new Sequence(0, RandomGenerator.of("L64X128MixRandom"), maxTokens);
      this.givingUpAt = givingUpAt;
    }

    @Override
    public int[] prompt() {
      return prompt;
    }

    @Override
    public Sequence sequence() {
      return sequence;
    }

    @Override
    public boolean givenUp() {
      return sequence.length() >= givingUpAt;
    }

    @Override
    public void extend(float[] logits) {
      assertThat(givenUp()).isFalse();
      assertThat(sequence.finished()).isFalse();
      sequence.draw(sampler, logits, _ -> false);
      events.add(this);
    }
  }

  private Drawn drawn(int promptLength, int maxTokens) {
    return new Drawn(prompt(promptLength, 5), maxTokens, Integer.MAX_VALUE);
  }

  private static int[] prompt(int length, int token) {
    int[] prompt = new int[length];
    Arrays.fill(prompt, token);
    return prompt;
  }

  private static final class Tasks implements Slots.Source {
    private final Queue<Drawn> waiting;
    private int steps;

    Tasks(List<Drawn> waiting) {
      this.waiting = new ArrayDeque<>(waiting);
    }

    @Override
    public Slots.@Nullable Task next() {
      return waiting.poll();
    }

    @Override
    public void stepped() {
      steps++;
    }
  }

  private Tasks draw(PromptCache cache, Drawn... tasks) {
    var source = new Tasks(List.of(tasks));
    new Slots(cache).draw(source);
    return source;
  }

  @Test
  void othersGoOnBetweenTheBatchesOfALongPrompt() {
    try (var cache = new PromptCache(model, 2, 1)) {
      Drawn quick = drawn(3, 400);
      Drawn slow = new Drawn(prompt(2 * LlamaContext.BATCH + 1, 6), 2, Integer.MAX_VALUE);
      draw(cache, quick, slow);
      assertThat(events.subList(0, 4)).containsExactly(quick, quick, quick, slow);
      assertThat(quick.sequence.length()).isEqualTo(400);
      assertThat(slow.sequence.length()).isEqualTo(2);
    }
  }

  @Test
  void whoGivesUpDuringALongPromptIsNotDrawn() {
    try (var cache = new PromptCache(model, 2, 1)) {
      Drawn quick = drawn(3, 400);
      Drawn gone =
          new Drawn(prompt(3 * LlamaContext.BATCH, 6), 2, Integer.MAX_VALUE) {
            @Override
            public boolean givenUp() {
              return cache.prefilled() > 3;
            }
          };
      Drawn after = drawn(3, 4);
      draw(cache, quick, gone, after);
      assertThat(gone.sequence.length()).isZero();
      assertThat(after.sequence.length()).isEqualTo(4);
      assertThat(cache.prefilled()).isEqualTo(3 + LlamaContext.BATCH + 3);
    }
  }

  @Test
  void thePlaceOfWhoGivesUpGoesToTheNextAtTheNextStep() {
    try (var cache = new PromptCache(model, 2, 1)) {
      Drawn stays = drawn(3, 9);
      Drawn gone = new Drawn(prompt(3, 5), 9, 3);
      Drawn after = drawn(3, 2);
      Tasks tasks = draw(cache, stays, gone, after);
      assertThat(events.subList(0, 8))
          .containsExactly(stays, gone, stays, gone, stays, gone, after, stays);
      assertThat(tasks.steps).isEqualTo(8);
    }
  }

  /// The cache is made for the first, of 4 tokens: 256 cells. The long one waits until it is empty,
  /// and is not overtaken for ever by the short ones.
  @Test
  void aLongerLimitThanTheCacheWasMadeForGetsALargerOneInItsTurn() {
    try (var cache = new PromptCache(model, 2, 1)) {
      List<Drawn> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) tasks.add(drawn(3, 4));
      Drawn longest = drawn(3, 1000);
      tasks.add(longest);
      for (int i = 0; i < 300; i++) tasks.add(drawn(3, 4));
      draw(cache, tasks.toArray(new Drawn[0]));
      assertThat(tasks).allMatch(task -> task.sequence.finished());
      assertThat(events.indexOf(longest)).isLessThan(20);
      assertThat(cache.context().cells()).isBetween(2003, 4096);
    }
  }

  /// 512 cells: the third would fit once the second has given up, but then few would draw where, in
  /// an empty cache, many can.
  @Test
  void aFullCacheIsEmptiedBeforeAnythingBegins() {
    try (var cache = new PromptCache(model, 3, 1)) {
      Drawn first = drawn(3, 60);
      Drawn gone = new Drawn(prompt(3, 5), 60, 5);
      Drawn third = drawn(3, 400);
      draw(cache, first, gone, third);
      assertThat(events.lastIndexOf(first)).isLessThan(events.indexOf(third));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /// The cache refuses what it has no room for, so that too many at once would throw here.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverIsAskedForIsDrawnAndFits(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Drawn> tasks = new ArrayList<>();
    int longest = random.nextInt(2, 200);
    for (int i = 0; i < 60; i++) {
      int longestPrompt = random.nextInt(8) == 0 ? 600 : 20;
      int[] prompt = prompt(random.nextInt(1, longestPrompt), random.nextInt(3, 6));
      int most = random.nextInt(1, random.nextBoolean() ? longest : 5);
      tasks.add(
          new Drawn(
              prompt, most, random.nextInt(4) == 0 ? random.nextInt(1, 9) : Integer.MAX_VALUE));
    }
    int width = random.nextInt(1, 7);
    try (var cache = new PromptCache(model, width, 1)) {
      draw(cache, tasks.toArray(new Drawn[0]));
    }
    assertThat(tasks).allMatch(task -> task.sequence.finished() || task.givenUp());
  }
}
