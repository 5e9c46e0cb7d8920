package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;
import topdraw.llama.gguf.GgufShape;
import topdraw.llama.gguf.SyntheticGguf;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

/// What is reckoned from a header is what the engine reports when it has the memory.
class ModelMemoryTest {
  private static final double HUNDREDTH = 0.01 * (1 << 20);

  @TempDir Path folder;

  private static void require(EngineBuild build) {
    assumeTrue(
        EngineStore.inUserCache(System.getenv()).has(build),
        () -> "the engine " + build.label() + " is not installed; ./check --install brings it");
  }

  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void theCacheAndTheBatchesAreWhatTheEngineReports(EngineBuild build) {
    require(build);
    ModelFile file = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    GgufHeader header = GgufHeader.read(file.path());
    try (LlamaModel model = LlamaModel.load(file, build)) {
      for (int cells : new int[] {1, 256, 1000, 9000}) {
        for (int slots : new int[] {1, 16, build.mostSlots()}) {
          ModelMemory memory = ModelMemory.of(header, build, cells, slots);
          try (var lines = new NativeLines();
              LlamaContext context = LlamaContext.open(model, cells, slots, 1)) {
            assertThat((double) memory.cache())
                .isCloseTo(lines.buffers("CPU KV"), within(HUNDREDTH));
            double working = lines.buffers("reserve: +CPU compute|context: +CPU compute");
            working += lines.buffers("CPU +output");
            assertThat((double) memory.working())
                .as("%d cells, %d slots", cells, slots)
                .isBetween(0.97 * working, 1.03 * working);
            assertThat(memory.tokens()).isBetween(context.cells(), context.cells() + 1);
          }
        }
      }
    }
  }

  /// On processors of this kind it is known which weights are.
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void theWeightsKeptTwiceAreWhatTheEngineReports(EngineBuild build) throws IOException {
    require(build);
    for (String type : new String[] {"F16", "Q4_0", "Q4_1", "Q8_0", "Q4_K", "Q6_K"}) {
      for (boolean tied : new boolean[] {true, false}) {
        Path path = folder.resolve(build + type + tied + ".gguf");
        Files.write(path, SyntheticGguf.loadable(type, 1024, tied).bytes());
        GgufHeader header = GgufHeader.read(path);
        try (var lines = new NativeLines();
            LlamaModel _ = LlamaModel.load(new ModelFile(type, path, "", type), build)) {
          assertThat((double) ModelMemory.of(header, build, 256, 1).copied())
              .as(type)
              .isCloseTo(lines.buffers("(?:CPU_AARCH64|CPU_REPACK|AMX) model"), within(HUNDREDTH));
        }
        Files.delete(path);
      }
    }
  }

  /// Measured for the shapes of Qwen 2.5 0.5B and Llama 3.2 1B: AMX keeps 559.41 and 681.32 MiB.
  @Test
  void whereTheProcessorMultipliesTilesMoreIsKeptTwice() {
    Copies copies = EngineBuild.V0_5_0.copies();
    Map<String, Long> half = Map.of("Q8_0", 524_833_792L, "F32", 1L);
    Map<String, Long> one = Map.of("Q4_K", 695_107_584L);

    assertThat((double) copies.bytes(half, () -> true))
        .isCloseTo(559.41 * (1 << 20), within(HUNDREDTH));
    assertThat((double) copies.bytes(one, () -> true))
        .isCloseTo(681.32 * (1 << 20), within(HUNDREDTH));
    assertThat(copies.bytes(half, () -> false)).isZero();
    assertThat(copies.bytes(one, () -> false)).isEqualTo(695_107_584L);
    assertThat(EngineBuild.B4916.copies().bytes(one, () -> true)).isZero();
  }

  /// The shape of Llama 3 8B in Q4_0: 32 layers of 8 key-value heads of 128.
  private static GgufHeader eight(String architecture) {
    var shape =
        new GgufShape(4_660_000_000L, 65_536, 128_256, 4096, Map.of("Q4_0", 4_221_000_000L));
    return new GgufHeader(architecture, "Eight", "Q4_0", 8192, 8_030_000_000L, shape);
  }

  /// Published figures: 128 KiB a token for this shape.
  @ParameterizedTest
  @CsvSource({"8192, 1073741824", "8193, 1107296256", "1, 33554432"})
  void theCacheOfAKnownShape(int cells, long bytes) {
    assertThat(ModelMemory.of(eight("llama"), EngineBuild.B4916, cells, 16).cache())
        .isEqualTo(bytes);
  }

  @Test
  void whatCannotFitIsRefusedAndWhatFitsIsNot() {
    ModelMemory memory = ModelMemory.of(eight("llama"), EngineBuild.B4916, 65_536, 16);
    long least = memory.certain();

    assertThat(least).isBetween(memory.cache() + memory.working(), memory.kept());
    assertThatCode(() -> memory.requireRoom("eight.gguf", new HostMemory(least, 0)))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> memory.requireRoom("eight.gguf", new HostMemory(least - 1, 0)))
        .withMessageContaining("eight.gguf takes at least ")
        .withMessageContaining("a cache of 65536 tokens 8.6 GB")
        .withMessageContaining("lower max-tokens, or choose a smaller model with model")
        .satisfies(refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE));
  }

  @Test
  void aCacheThatMayBeSmallerIsNoReasonToRefuse() {
    ModelMemory windowed = ModelMemory.of(eight("gemma3"), EngineBuild.V0_5_0, 65_536, 16);

    assertThat(windowed.certain()).isLessThan(windowed.cache()).isPositive();
    assertThat(ModelMemory.of(eight("llama"), EngineBuild.V0_5_0, 65_536, 16).certain())
        .isGreaterThan(windowed.cache());
  }

  @Test
  void aPersonIsToldWhatItTakesAndWhatHappensWhereItIsShort() {
    ModelMemory memory = new ModelMemory(4_660_000_000L, 0, 1_100_000_000, 150_000_000, 8448, 0);

    assertThat(memory.line("Eight", new HostMemory(16_000_000_000L, 12_340_000_000L)))
        .isEqualTo(
            "Eight takes about 6.3 GB of memory: the file 4.7 GB, a cache of 8448 tokens 1.1 GB,"
                + " the rest 0.6 GB; 12.3 GB are available");
    assertThat(memory.line("Eight", new HostMemory(16_000_000_000L, 6_309_999_999L)))
        .endsWith(
            "6.3 GB are available, so the file is read from disk again and again, which is slow");
    assertThat(memory.line("Eight", new HostMemory(16_000_000_000L, 1_649_999_999L)))
        .contains("1.6 GB are available, so the system may end this program; lower max-tokens");
  }

  @Test
  void thisMachineHasMemory() {
    HostMemory now = HostMemory.now();

    assertThat(now.available()).isBetween(1L << 20, now.total());
  }
}
