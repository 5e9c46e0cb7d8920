package topdraw.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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

  private static double mean(
      PromptDraws[] prompts, Function<OutcomeTable, Selection> at, ToDoubleFunction<Law> number) {
    return Arrays.stream(prompts)
        .map(prompt -> OutcomeTable.of(new double[prompt.draws().size()], prompt.ranks("r")))
        .mapToDouble(table -> number.applyAsDouble(Law.of(at.apply(table), table)))
        .average()
        .orElseThrow();
  }

  /// Each row is the mean of its laws over the prompts; its knob wins at least as often as
  /// best-of-n, and a little weaker wins less, or what it wins more is nothing to anybody.
  @Test
  void eachKnobIsTheWeakestThatWinsAsOften() {
    var random = new SplittableRandom(9);
    PromptDraws[] prompts = {
      prompt("a", random.doubles(24).map(u -> Math.floor(9 * u)).toArray()),
      prompt("b", random.doubles(30).map(u -> 5 * u - 40).toArray())
    };
    int n = 5;
    Map<String, Row> rows = compare(n, prompts);
    double wanted = mean(prompts, _ -> new Selection.BestOfN(n), Law::winRate);
    assertRow(prompts, row(rows, "best-of-n"), _ -> new Selection.BestOfN(n));

    var stop = (Setting.EarlyStop) known(row(rows, "early-stop"));
    assertThat(stop.cap()).isEqualTo(6);
    assertRow(prompts, row(rows, "early-stop"), stop::at);
    assertWeakest(
        wanted,
        z -> mean(prompts, new Setting.EarlyStop(6, z)::at, Law::winRate),
        stop.passRate(),
        stop.passRate() * (1 + 1e-8));

    var rewind = (Setting.RewindAndRepeat) known(row(rows, "rewind-and-repeat"));
    assertRow(prompts, row(rows, "rewind-and-repeat"), rewind::at);
    assertWeakest(
        wanted,
        z -> mean(prompts, new Setting.RewindAndRepeat(z)::at, Law::winRate),
        rewind.passRate(),
        rewind.passRate() * (1 + 1e-8));

    var poisson = (Setting.BestOfPoisson) known(row(rows, "best-of-poisson"));
    assertRow(prompts, row(rows, "best-of-poisson"), poisson::at);
    assertWeakest(
        wanted,
        mu -> mean(prompts, _ -> new Selection.BestOfPoisson(mu), Law::winRate),
        poisson.mu(),
        poisson.mu() * (1 - 1e-4));

    var soft = (SideBySide.Tuned.Soft) row(rows, "soft best-of-n").method();
    assertThat(soft.n()).isEqualTo(10);
    double temperature = soft.temperature().orElseThrow();
    assertRow(
        prompts, row(rows, "soft best-of-n"), _ -> new Selection.SoftBestOfN(10, temperature));
    assertWeakest(
        wanted,
        t -> mean(prompts, _ -> new Selection.SoftBestOfN(10, t), Law::winRate),
        temperature,
        temperature * (1 + 1e-4));
  }

  private static Setting known(Row row) {
    return ((SideBySide.Tuned.Known) row.method()).setting();
  }

  private static void assertRow(
      PromptDraws[] prompts, Row row, Function<OutcomeTable, Selection> at) {
    assertThat(row.winRate().value()).isCloseTo(mean(prompts, at, Law::winRate), within(1e-12));
    assertThat(row.meanReward().value())
        .isCloseTo(mean(prompts, at, Law::expectedReward), within(1e-12));
    assertThat(row.kl().value()).isCloseTo(mean(prompts, at, Law::kl), within(1e-12));
    assertThat(row.draws().value()).isCloseTo(mean(prompts, at, Law::expectedDraws), within(1e-9));
    assertThat(row.kl().samples()).hasValue(54);
    assertThat(row.kl().prompts()).hasValue(2);
  }

  private static void assertWeakest(
      double wanted, DoubleUnaryOperator wins, double knob, double weaker) {
    double excess = wins.applyAsDouble(knob) - wanted;
    assertThat(excess).isGreaterThanOrEqualTo(0);
    assertThat(excess <= 1e-6 || wins.applyAsDouble(weaker) < wanted).isTrue();
  }

  /// Only the samples up to the 256th are looked at.
  @Test
  void moreSamplesThanSoftBestOfNCanPayForAreNotLookedAt() {
    double[] many = new double[300];
    Arrays.fill(many, 256, 300, 9);
    Row best = row(compare(2, prompt("many", many)), "best-of-n");
    assertThat(best.meanReward().value()).isZero();
    assertThat(best.kl().samples()).hasValue(256);
    assertThat(row(compare(2, prompt("flat", new double[16])), "soft best-of-n").method())
        .isEqualTo(new SideBySide.Tuned.Soft(4, OptionalDouble.empty()));
    assertThatThrownBy(() -> new SideBySide("r", 2, Confidence.DEFAULT).rows())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one prompt");
  }
}
