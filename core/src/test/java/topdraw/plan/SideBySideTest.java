package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.draw.Draft;
import topdraw.draw.PromptDraws;
import topdraw.plan.SideBySide.Row;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.Law;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

class SideBySideTest {
  private static PromptDraws prompt(String key, double... rewards) {
    return Draft.prompt(
        key,
        IntStream.range(0, rewards.length)
            .mapToObj(i -> Draft.of("y" + i).reward("r", rewards[i]))
            .toList());
  }

  private static Map<String, Row> compare(int n, PromptDraws... prompts) {
    var comparison = new SideBySide("r", n, Confidence.DEFAULT);
    Arrays.stream(prompts).forEach(comparison::add);
    return comparison.rows().stream()
        .collect(Collectors.toMap(row -> method(row.method()), row -> row));
  }

  private static String method(SideBySide.Tuned tuned) {
    return switch (tuned) {
      case SideBySide.Tuned.Known(Setting setting) -> setting.method().word();
      case SideBySide.Tuned.Soft _ -> "soft best-of-n";
    };
  }

  private static Row row(Map<String, Row> rows, String method) {
    return Objects.requireNonNull(rows.get(method), method);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 16})
  void withoutTiesEachMethodIsWhereItsClosedFormPutsIt(int n) {
    double[] rewards = new SplittableRandom(n).doubles(256).toArray();
    Map<String, Row> rows = compare(n, prompt("a", rewards));
    double wins = WinRateBounds.analytical((double) n);
    double z = 2 * (1 - wins);
    assertThat(row(rows, "best-of-n").winRate().value()).isCloseTo(wins, within(2e-3));
    assertThat(row(rows, "rewind-and-repeat").draws().value()).isCloseTo(1 / z, within(0.05 * n));
    assertThat(row(rows, "rewind-and-repeat").kl().value()).isCloseTo(-Math.log(z), within(0.05));
    assertThat(row(rows, "best-of-poisson").draws().value())
        .isCloseTo(1 + BestOfPoissonLaw.muForWinRate(wins), within(0.02 * n));
    assertThat(row(rows, "early-stop").draws().value()).isLessThan(0.85 * n);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void allWinAtLeastAsOftenAndBestOfNIsTheLawItself(long seed) {
    var random = new SplittableRandom(seed);
    PromptDraws tied = prompt("tied", random.doubles(64).map(u -> Math.floor(6 * u)).toArray());
    PromptDraws loose = prompt("loose", random.doubles(64).map(u -> -50 * u).toArray());
    Map<String, Row> rows = compare(4, tied, loose);
    double exact = 0;
    for (PromptDraws prompt : List.of(tied, loose)) {
      double[] rewards = prompt.ranks("r");
      OutcomeTable table = OutcomeTable.of(new double[64], rewards);
      exact += Law.of(new Selection.BestOfN(4), table).winRate() / 2;
    }
    assertThat(row(rows, "best-of-n").winRate().value()).isCloseTo(exact, within(1e-12));
    assertThat(rows).hasSize(5);
    for (Row row : rows.values()) {
      assertThat(row.winRate().value())
          .as("seed %d, %s", seed, row.method())
          .isBetween(exact - 1e-12, exact + 0.05);
    }
    assertThat(row(rows, "best-of-poisson").winRate().value()).isCloseTo(exact, within(1e-5));
    assertThat(row(rows, "soft best-of-n").winRate().value()).isCloseTo(exact, within(1e-5));
  }

  @Test
  void ofEqualRewardsNothingCanBeWon() {
    Map<String, Row> rows = compare(2, prompt("flat", new double[16]));
    assertThat(rows.values()).allMatch(row -> row.winRate().value() == 0.5);
    assertThat(rows.values()).allMatch(row -> Math.abs(row.kl().value()) < 1e-12);
  }

  @Test
  void tooFewSamplesAndMissingScoresAreRefusedByName() {
    assertThatThrownBy(() -> compare(8, prompt("few", new double[31])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'few' has 31 samples")
        .hasMessageEndingWith("at least 32 of each prompt; record more, or lower -n");
    assertThatThrownBy(() -> compare(2, prompt("gap", 1, 2, Double.NaN, 3, 4, 5, 6, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gap'");
    assertThatThrownBy(() -> new SideBySide("r", 1, Confidence.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
