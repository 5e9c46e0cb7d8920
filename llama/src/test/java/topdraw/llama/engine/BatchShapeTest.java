package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

/// On every build of llama.cpp a row of logits has the same bits however many rows are decoded at
/// once: one, two, many; in a cache of few cells or of more than 512, where builds have changed
/// their ways; and however many threads compute it. The real model, on the instruction set on which
/// this was measured.
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
class BatchShapeTest {
  /// Of one thread alone no build shares a row's cells out.
  private static final int THREADS = 2;

  private static final int TOKENS = 560;
  private static final long SEED = 3;
  private static final int COMPARED = 12;

  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void aRowHasTheSameBitsInABatchOfAnyShape(EngineBuild build) {
    assumeTrue(
        EngineStore.inUserCache(System.getenv()).has(build),
        () -> "the engine " + build.label() + " is not installed; ./check --install brings it");
    try (LlamaModel model =
        LlamaModel.load(
            ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT), build)) {
      String text = "The sea was calm, and nobody on the pier said a word about the boat. ";
      int[] tokens =
          Arrays.copyOf(
              model.tokenize(text.repeat(60).getBytes(StandardCharsets.UTF_8), true), TOKENS);
      int[][] full = rows(model, tokens, (_, _) -> LlamaContext.BATCH);
      assertThat(full[0]).isNotEqualTo(full[1]);
      int first = TOKENS - COMPARED;
      int[][] single =
          rows(model, tokens, (done, _) -> done < first ? Math.min(64, first - done) : 1);
      assertThat(single).as("one by one").isDeepEqualTo(full);
      int[][] several = rows(model, tokens, (_, random) -> random.nextInt(1, 130));
      assertThat(several).as("sizes by seed %d", SEED).isDeepEqualTo(full);
      int[][] varied = rows(model, tokens, (done, _) -> done < first ? 37 : 5, 1, THREADS, 3);
      assertThat(varied).as("one, two and three threads in turn").isDeepEqualTo(full);
    }
  }

  /// How many tokens the next batch has.
  private interface Shape {
    int next(int done, RandomGenerator random);
  }

  private static int[][] rows(LlamaModel model, int[] tokens, Shape shape) {
    return rows(model, tokens, shape, THREADS);
  }

  /// The bits of the logits after each of the last tokens.
  private static int[][] rows(LlamaModel model, int[] tokens, Shape shape, int... threads) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int[][] rows = new int[COMPARED][];
    float[] row = new float[model.vocabularySize()];
    int first = tokens.length - COMPARED;
    try (LlamaContext context = LlamaContext.open(model, tokens.length, 1, THREADS)) {
      int end;
      int batches = 0;
      for (int done = 0; done < tokens.length; done = end) {
        end = Math.min(tokens.length, done + shape.next(done, random));
        for (int i = done; i < end; i++) context.add(tokens[i], i, 0, i >= first);
        context.decodeWith(threads[batches++ % threads.length]);
        for (int i = Math.max(done, first); i < end; i++) {
          context.logits(i - done, row);
          rows[i - first] = bits(row);
        }
      }
      assertThat(context.used()).isEqualTo(tokens.length);
    }
    return rows;
  }

  private static int[] bits(float[] row) {
    int[] bits = new int[row.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(row[i]));
    return bits;
  }
}
