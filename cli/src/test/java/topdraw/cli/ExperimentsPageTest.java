package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topdraw.draw.PromptDraws;
import topdraw.estimate.PromptPool;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.pool.Pool;

/// Every number in the tables of docs/experiments.md, worked out again from the recorded samples
/// that stand beside it.
class ExperimentsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "experiments.md");
  private static final Path SAMPLES = Path.of("..", "docs", "experiments", "samples.parquet");
  private static final List<String> REWARDS = List.of("log-likelihood", "negative-length");

  private static final List<Integer> N = List.of(2, 8, 16, 32, 64, 128);

  private static final Map<String, PromptDraws> PROMPTS = new LinkedHashMap<>();

  /// What the page calls the prompts, in the order of the run.
  private static final List<String> NAMES =
      List.of(
          "question",
          "motherboard",
          "France",
          "tips",
          "bread, German",
          "bread, French",
          "abstract, German",
          "abstract, French");

  private record Row(String reward, List<String> cells) {
    String name() {
      return cells.getFirst();
    }
  }

  @BeforeAll
  static void read() throws IOException {
    try (Recording recording =
        Recordings.open(List.of(SAMPLES.toString()), new Mapping(Map.of(), List.of(), false))) {
      assertThat(recording.rewards()).isEqualTo(REWARDS);
      recording.forEach(prompt -> PROMPTS.put(NAMES.get(PROMPTS.size()), prompt));
    }
    assertThat(PROMPTS).hasSize(NAMES.size());
  }

  @Test
  void whatWasDrawnIsWhatTheSamplesSay() throws IOException {
    List<Row> rows = rows("What was drawn");
    assertThat(rows).extracting(Row::name).isEqualTo(NAMES);
    for (Row row : rows) {
      PromptDraws prompt = Objects.requireNonNull(PROMPTS.get(row.name()));
      double[] logP = prompt.logProbabilities();
      agree(row, 1, Arrays.stream(prompt.outcomes()).distinct().count());
      agree(row, 2, prompt.draws().stream().filter(draw -> draw.finish().cut()).count());
      agree(row, 3, -Arrays.stream(logP).average().orElseThrow());
      agree(row, 4, Math.exp(Arrays.stream(logP).max().orElseThrow()));
    }
  }

  @Test
  void theNumbersOfBestOfNAreThoseOfTheSamples() throws IOException {
    List<Row> rows = new ArrayList<>(rows("Log-likelihood"));
    rows.addAll(rows("Negative length"));
    assertThat(rows).hasSizeGreaterThan(30);
    for (Row row : rows) {
      assertThat(row.cells()).as(row.toString()).hasSize(2 + N.size());
      for (int i = 0; i < N.size(); i++) {
        agree(row, 2 + i, number(row, N.get(i)));
      }
    }
  }

  @Test
  void theTextbookIsRightForTheOtherSixToTheDigitsThatThePageSays() throws IOException {
    double furthest = 0;
    for (String name : NAMES) {
      if (name.equals("question") || name.equals("France")) {
        continue;
      }
      for (int n : N) {
        for (String bound : List.of("seen mass", "likeliest seen", "(25)", "d*")) {
          double value = number(new Row(REWARDS.getFirst(), List.of(name, bound)), n);
          furthest = Math.max(furthest, KlBounds.analytical(n) - value);
        }
        assertThat(number(new Row(REWARDS.getFirst(), List.of(name, "win rate")), n))
            .isCloseTo(n / (n + 1.0), within(1e-6));
      }
    }
    assertThat(furthest).isBetween(5.1e-7, 5.2e-7);
    assertThat(Files.readString(PAGE)).contains("within 5.2e-7 nats of the textbook");
  }

  private static double number(Row row, int n) {
    String quantity = row.cells().get(1);
    if (quantity.equals("textbook")) {
      return KlBounds.analytical(n);
    }
    PromptDraws prompt = Objects.requireNonNull(PROMPTS.get(row.name()));
    double[] ranks = prompt.ranks(row.reward());
    PromptPool draws =
        PromptPool.of(row.reward(), prompt.outcomes(), ranks, prompt.logProbabilities());
    Pool pool = draws.estimators();
    ToDoubleFunction<Pool> formula =
        switch (quantity) {
          case "seen mass" -> each -> each.seenMassKlBound(n);
          case "likeliest seen" -> _ -> draws.likeliestKlBound(n);
          case "(25)" -> each -> each.klBound(n);
          case "d*" -> each -> each.sharpKlBound(n);
          case "(25) at p(y)" ->
              each ->
                  each.mean(
                      Arrays.stream(prompt.logProbabilities())
                          .map(logP -> KlBounds.boundFromLog(n, logP))
                          .toArray(),
                      n);
          case "estimate" -> each -> each.kl(n);
          case "win rate" -> each -> each.winRate(n);
          default -> throw new AssertionError("the page has a row of an unknown kind: " + row);
        };
    return formula.applyAsDouble(pool);
  }

  /// As many digits as the page prints, and no other than these.
  private static void agree(Row row, int cell, double number) {
    String printed = row.cells().get(cell);
    int point = printed.indexOf('.');
    int decimals = point < 0 ? 0 : printed.replaceAll("e.*", "").length() - point - 1;
    int exponent = printed.contains("e") ? Integer.parseInt(printed.replaceAll(".*e", "")) : 0;
    assertThat(Double.parseDouble(printed))
        .as("%s, cell %d", row, cell)
        .isCloseTo(number, within(0.500001 * Math.pow(10, exponent - decimals)));
  }

  /// The rows of the tables in a section.
  private static List<Row> rows(String section) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int from = lines.indexOf("## " + section);
    assertThat(from).as("the section " + section).isNotNegative();
    int to =
        IntStream.range(from + 1, lines.size())
            .filter(i -> lines.get(i).startsWith("## "))
            .findFirst()
            .orElse(lines.size());
    String reward = section.equals("Log-likelihood") ? REWARDS.get(0) : REWARDS.get(1);
    List<Row> rows =
        lines.subList(from, to).stream()
            .filter(line -> line.startsWith("| ") && line.matches(".*[0-9] \\|$"))
            .filter(line -> !line.startsWith("| prompt"))
            .map(line -> new Row(reward, cells(line)))
            .toList();
    assertThat(rows).allMatch(row -> NAMES.contains(row.name()) || row.name().equals("every"));
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
        .map(String::strip)
        .toList();
  }
}
