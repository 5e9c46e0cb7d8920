package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.attack.Attack;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.gguf.SyntheticGguf;

/// Whatever a model file says, the process that loads it lives: it is refused in one line, or
/// loaded and drawn from. Each file is a small sound model with one to three things changed by a
/// seed, loaded in another process; on every build of llama.cpp.
@ParameterizedClass(name = "{0}")
@EnumSource(EngineBuild.class)
class ModelFuzzTest {
  private static final int TOGETHER = 100;
  private static final int SECONDS = 240;

  @TempDir Path folder;

  @Parameter EngineBuild build;

  @BeforeParameterizedClassInvocation
  static void require(EngineBuild build) {
    TestModel.require(build);
  }

  @Test
  void theModelsThatAreChangedAreSound() throws Exception {
    Path pieces = Files.write(folder.resolve("a.gguf"), SyntheticGguf.loadable(true).bytes());
    Path pairs = Files.write(folder.resolve("b.gguf"), SyntheticGguf.loadable(false).bytes());

    assertThat(outcomes(List.of(pieces, pairs))).containsExactly("loaded", "loaded");
  }

  @Test
  void noChangedModelEndsTheProcess() throws Exception {
    attack(0, 200);
  }

  static LongStream seeds() {
    return Attack.seeds(1, 0.15);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Tag("attack")
  @EnabledIfSystemProperty(named = "topdraw.attack", matches = "true")
  void noneOfManyChangedModelsEndsTheProcess(long seed) throws Exception {
    attack(200 * (seed + 1), 200 * (seed + 2));
  }

  private void attack(long from, long to) throws Exception {
    long refused = 0;
    for (long start = from; start < to; start += TOGETHER) {
      List<Path> files = new ArrayList<>();
      for (long seed : LongStream.range(start, Math.min(to, start + TOGETHER)).toArray()) {
        files.add(changed(seed));
      }
      List<String> outcomes = outcomes(files);
      assertThat(outcomes)
          .as("seed %d ended the process", start + outcomes.size())
          .hasSameSizeAs(files);
      assertThat(outcomes).allMatch(line -> line.matches("loaded|(refused|failed): .*"));
      refused += outcomes.stream().filter(line -> line.startsWith("refused")).count();
      for (Path file : files) Files.delete(file);
    }
    // Neither all nor nothing: the changes bite, and leave models that load.
    assertThat(refused).isBetween((to - from) / 4, (to - from) * 95 / 100);
  }

  private Path changed(long seed) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] bytes = SyntheticGguf.loadable(seed % 2 == 0).mutated(random).bytes();
    // Every fourth is hurt where it stands too, lengths and counts included.
    if (seed % 4 == 0) bytes[random.nextInt(2000)] ^= (byte) (1 << random.nextInt(8));
    return Files.write(folder.resolve("seed-" + seed + ".gguf"), bytes);
  }

  /// The lines that a process prints before it ends; it must end by itself.
  private List<String> outcomes(List<Path> files) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(ModelLoader.class.getName());
    command.add(build.label());
    for (Path file : files) command.add(file.toString());
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(new File("/dev/null"))
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    List<String> lines = Files.readAllLines(out);
    assertThat(ended).as("ended by itself after %d files", lines.size()).isTrue();
    return lines;
  }
}
