package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts are what they were, in memory and on disk, in whatever order they are asked for.
class TextColumnTest {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static List<@Nullable String> texts(int count, int longest, Random random) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(
          switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "half a pair \ud83d" + i;
            case 3 -> "half a pair ?" + i;
            case 4 -> "🙂 界 é " + i;
            default -> "x".repeat(random.nextInt(longest)) + i;
          });
    }
    return texts;
  }

  private static long putAside() throws IOException {
    try (Stream<Path> files = Files.list(TEMPORARY)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("topdraw-texts"))
          .count();
    }
  }

  @ParameterizedTest(name = "{0} texts of up to {1} letters, seed {2}")
  @CsvSource({"1, 10, 1", "5000, 100, 2", "60000, 1200, 3", "300, 400000, 4"})
  void whatIsAskedForIsWhatWasAdded(int count, int longest, long seed) throws IOException {
    Random random = new Random(seed);
    List<@Nullable String> texts = texts(count, longest, random);
    TextColumn column = new TextColumn();
    texts.forEach(column::add);
    for (int i = 0; i < count; i++) {
      assertThat(column.get(i)).isEqualTo(texts.get(i));
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, random);
    assertThat(order.subList(0, Math.min(count, 3_000)).parallelStream())
        .allSatisfy(i -> assertThat(column.get(i)).isEqualTo(texts.get(i)));
    assertThat(putAside()).as("files that are left where somebody sees them").isZero();
  }
}
