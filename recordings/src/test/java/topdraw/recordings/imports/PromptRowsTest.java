package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows come back prompt by prompt, in the order of the prompts' first rows, as a map in memory has
/// them.
class PromptRowsTest {
  @TempDir private Path folder;

  /// A row as it was added.
  private record Added(Asked asked, String draw, @Nullable String marks) {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Added row(int prompt, int number, Random random) {
    // Two prompts of one name, and two that only what stands beside them tells apart.
    Asked asked = new Asked("key " + prompt / 2, "asked " + prompt / 4, "beside " + prompt % 4);
    return new Added(
        asked,
        number + " " + "x".repeat(random.nextInt(50)),
        random.nextBoolean() ? "mark " + number % 3 : null);
  }

  private static List<List<Added>> expected(List<Added> rows) {
    Map<Asked, List<Added>> prompts = new LinkedHashMap<>();
    rows.forEach(row -> prompts.computeIfAbsent(row.asked(), first -> new ArrayList<>()).add(row));
    return List.copyOf(prompts.values());
  }

  private static List<List<Added>> read(PromptRows rows) throws IOException {
    List<List<Added>> prompts = new ArrayList<>();
    int[] before = {-1};
    rows.forEach(
        (prompt, asked, row) -> {
          if (prompt != before[0]) {
            assertThat(prompt).isEqualTo(prompts.size());
            prompts.add(new ArrayList<>());
            before[0] = prompt;
          }
          String draw = new String(row.draw(), StandardCharsets.UTF_8);
          prompts.getLast().add(new Added(Asked.of(asked), draw, row.marks()));
          return true;
        });
    return prompts;
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /// The larger the part, the fewer files; of a prompt that is larger than a part there is one.
  @ParameterizedTest(name = "{0} prompts in parts of {1} bytes, standing {2} together, seed {3}")
  @CsvSource({
    "1, 100, 5, 1",
    "7, 1, 1, 2",
    "40, 300, 1, 3",
    "40, 1000000, 1, 4",
    "400, 2000, 3, 5",
    "400, 2000, 1000, 6",
    "900, 1, 2, 7"
  })
  void rowsComeBackPromptByPrompt(int prompts, long part, int together, long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Added> rows = new ArrayList<>();
    for (int i = 0; rows.size() < 5_000; i++) {
      int prompt = together < 1_000 ? random.nextInt(prompts) : i;
      for (int k = 0; k < Math.min(together, 10); k++) {
        rows.add(row(prompt, rows.size(), random));
      }
    }
    try (PromptRows stored = new PromptRows(folder, part)) {
      for (Added row : rows) {
        stored.add(row.asked(), bytes(row.draw()), row.marks());
      }
      assertThat(stored.size()).isEqualTo(rows.size());
      assertThat(read(stored)).isEqualTo(expected(rows));
      assertThat(read(stored)).as("read again").isEqualTo(expected(rows));
      assertThat(files()).isLessThanOrEqualTo(2);
      List<Added> apart =
          rows.stream()
              .map(
                  row ->
                      new Added(
                          new Asked(
                              row.asked().key(),
                              row.asked().prompt(),
                              row.asked().beside() + row.marks()),
                          row.draw(),
                          row.marks()))
              .toList();
      try (PromptRows asking = stored.asking(String::valueOf)) {
        assertThat(read(asking)).isEqualTo(expected(apart));
      }
    }
    assertThat(files()).isZero();
  }
}
