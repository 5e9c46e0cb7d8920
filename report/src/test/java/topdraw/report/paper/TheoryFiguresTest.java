package topdraw.report.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Line;
import topdraw.report.figure.Plot;

/// The figures' data against numbers worked out elsewhere with 20 digits.
class TheoryFiguresTest {

  @ParameterizedTest(name = "figure 1, n = {0}")
  @CsvSource({"2, 0.130812, 0.179099, 0.193147", "8, 0.667588, 0.672293, 1.204442"})
  void theFairCoinLevelsOffAndTheTextbookDoesNot(int n, double kl, double bound, double textbook) {
    Plot.Chart chart = chart(TheoryFigures.coin(), 0);
    assertThat(at(chart, "KL divergence", n)).isCloseTo(kl, within(5e-7));
    assertThat(at(chart, "mean of (25)", n)).isCloseTo(bound, within(5e-7));
    assertThat(at(chart, "textbook K_n", n)).isCloseTo(textbook, within(5e-7));
  }

  @ParameterizedTest(name = "figure 2, panel {0}, n = {1}")
  @CsvSource({
    "0, 10, 1.36109717671, 1.37888673625, 1.36620005955, 1.40258509299",
    "0, 100, 2.30227867708, 2.3023163423, 2.30228147014, 2.30258509299",
    "2, 100, 3.61475357686, 3.61513127637, 3.61476150519, 3.61517018599",
    "2, 1000, 5.86809953851, 5.8830776841, 5.86814574382, 5.90875527898"
  })
  void uniformTablesMeetTheirNumbers(
      int panel, int n, double kl, double bound, double sharp, double alternate) {
    agree(chart(TheoryFigures.uniform(), panel), n, kl, bound, sharp, alternate);
  }

  @ParameterizedTest(name = "figure 3, panel {0}, n = {1}")
  @CsvSource({
    "0, 100, 2.31534277518, 2.31547884625, 2.31544424509, 2.31574519258",
    "0, 1000, 2.64573430718, 2.6458605972, 2.64582479499, 2.64586436274",
    "0, 10000, 6.01147560235, 6.02096455948, 6.0115123903, 6.03720733482",
    "1, 1000, 4.7297566407, 4.729934588, 4.72984793437, 4.73031829481",
    "1, 100000, 9.33361745139, 9.33370772571, 9.33361835623, 9.33410966134"
  })
  void rareOutcomesMakeSteps(
      int panel, int n, double kl, double bound, double sharp, double alternate) {
    agree(chart(TheoryFigures.rare(), panel), n, kl, bound, sharp, alternate);
  }

  @Test
  void theBandOfFigure3HoldsTheMeanBetweenItsEdges() {
    for (int panel = 0; panel < 2; panel++) {
      Plot.Chart chart = chart(TheoryFigures.rare(), panel);
      double[] mean = line(chart, "mean of (25)").y();
      var edges = chart.regions().getFirst().edges();
      assertThat(IntStream.range(0, mean.length))
          .allMatch(i -> edges.lower()[i] <= mean[i] + 1e-9 && mean[i] <= edges.upper()[i] + 1e-9);
    }
  }

  @Test
  void aCoinsExactCurveEndsAtLog2AndThreeQuarters() {
    Line exact = line(chart(TradeoffFigures.coin(), 0), "best-of-n, by its KL");
    assertThat(last(exact.x())).isCloseTo(Math.log(2), within(1e-9));
    assertThat(last(exact.y())).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void theOptimumOfExample2PassesThroughItsGoldenPoint() {
    Line optimum = line(chart(TradeoffFigures.three(), 0), "KL-regularised optimum");
    assertThat(between(optimum, 0.461538137890498468))
        .isCloseTo(0.751137328070420001, within(1e-4));
  }

  @Test
  void theOptimumOfFigure8LiesAboveTheOthersAndBelowTheCeiling() {
    Plot.Chart chart = chart(TradeoffFigures.three(), 0);
    for (double kl = 0.05; kl < 1.6; kl += 0.05) {
      double optimum = between(line(chart, "KL-regularised optimum"), kl);
      assertThat(between(line(chart, "best-of-n"), kl)).isLessThan(optimum + 1e-4);
      assertThat(between(line(chart, "rewind-and-repeat, mixed"), kl)).isLessThan(optimum + 1e-4);
      assertThat(optimum).isLessThan(between(line(chart, "ceiling of all policies"), kl) + 1e-4);
    }
  }

  @Test
  void theLimitOfFigure9StaysWithinItsGapOfTheCeiling() {
    Plot.Chart chart = chart(TradeoffFigures.continuum(), 0);
    double worst = 0;
    for (double kl = 0.02; kl < 3.9; kl += 0.01) {
      double gap =
          between(line(chart, "ceiling of all policies"), kl)
              - between(line(chart, "best-of-n"), kl);
      assertThat(gap).isGreaterThan(-1e-4);
      worst = Math.max(worst, gap);
    }
    assertThat(worst).isCloseTo(0.0095, within(2e-4));
    double kl4 = 0.636294361119890619;
    assertThat(between(line(chart, "best-of-n"), kl4)).isCloseTo(0.8, within(1e-4));
    assertThat(between(line(chart, "rewind-and-repeat"), kl4))
        .isCloseTo(0.735374997923, within(1e-4));
    assertThat(between(line(chart, "ceiling of all policies"), kl4))
        .isCloseTo(0.803995887928, within(1e-4));
  }

  private static void agree(
      Plot.Chart chart, int n, double kl, double bound, double sharp, double alternate) {
    assertThat(at(chart, "KL divergence", n)).isCloseTo(kl, within(1e-10));
    assertThat(at(chart, "mean of (25)", n)).isCloseTo(bound, within(1e-10));
    assertThat(at(chart, "mean of d*", n)).isCloseTo(sharp, within(1e-10));
    assertThat(at(chart, "mean of (23)", n)).isCloseTo(alternate, within(1e-10));
  }

  private static Plot.Chart chart(Figure figure, int panel) {
    return (Plot.Chart) figure.plots().get(panel);
  }

  private static Line line(Plot.Chart chart, String name) {
    return chart.lines().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static double at(Plot.Chart chart, String name, double x) {
    Line line = line(chart, name);
    int i = Arrays.binarySearch(line.x(), x);
    assertThat(i).as(name + " has no point at " + x).isNotNegative();
    return line.y()[i];
  }

  private static double between(Line line, double x) {
    double[] xs = line.x();
    int i = 1;
    while (i < xs.length - 1 && xs[i] < x) {
      i++;
    }
    double t = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
    return line.y()[i - 1] + t * (line.y()[i] - line.y()[i - 1]);
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }
}
