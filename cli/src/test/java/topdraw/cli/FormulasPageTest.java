package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/formulas.md` lists every numbered item of the paper, and the tests it names exist.
class FormulasPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED_TEST =
      Pattern.compile("`(?:[a-z.]+\\.)?(\\w+Test)(?:\\.(\\w+))?");

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/formulas.md")).stream()
        .filter(line -> line.startsWith("| "))
        .map(line -> List.of(line.split(" *\\| *")))
        .toList();
  }

  static Stream<String> items() throws IOException {
    try (var in = FormulasPageTest.class.getResourceAsStream("paper-claims.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("items")
  void aNumberedItemOfThePaperHasItsMethodAndItsTest(String item) throws IOException {
    Pattern whole = Pattern.compile("(?<![\\w.])" + Pattern.quote(item) + "(?![\\d.]*\\d)");
    assertThat(rows())
        .as("add %s to docs/formulas.md", item)
        .anySatisfy(
            row -> {
              assertThat(row.get(1)).containsPattern(whole);
              assertThat(row).hasSize(4).allSatisfy(cell -> assertThat(cell).isNotNull());
              assertThat(row.get(3)).contains("Test");
            });
  }

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Map<String, String> sources = sources();
    for (List<String> row : rows()) {
      NAMED_TEST
          .matcher(row.getLast())
          .results()
          .forEach(
              named -> {
                String method = named.group(2) == null ? "class " + named.group(1) : named.group(2);
                assertThat(sources.keySet()).as(row.get(1)).contains(named.group(1) + ".java");
                assertThat(sources.getOrDefault(named.group(1) + ".java", "").contains(method))
                    .as(named.group(1) + " has no " + method)
                    .isTrue();
              });
    }
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(file -> file.getFileName().toString(), text(), (a, b) -> a + b));
    }
  }

  private static Function<Path, String> text() {
    return file -> {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
