package topdraw.theory.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Quantities that the golden vectors leave out, and inputs that do not fit.
class QuantitiesTest {
  private static double[] of(String name, Map<String, ?> inputs) {
    return Quantities.named(name).orElseThrow().of(Inputs.of(inputs));
  }

  @Test
  void theWinRateBoundIsAFraction() {
    assertThat(of("win_rate_bound", Map.of("n", 4))).containsExactly(0.8);
  }

  /// Two draws from a fair coin: unequal half of the time, then the better is returned with odds e.
  @Test
  void softBestOfTwoOfACoinWinsByItsOdds() {
    double better = 0.25 + 0.5 * Math.E / (1 + Math.E);
    double[] found =
        of(
            "soft_win_rate",
            Map.of("n", 2, "temperature", 1, "p", List.of(0.5, 0.5), "rewards", List.of(3, 4)));
    assertThat(found[0]).isCloseTo(0.25 + better / 2, within(1e-14));
  }

  /// Two of three or all of them: 3 · 0.7² · 0.3 + 0.7³.
  @Test
  void aVoteOfThreeGoesToWhatTwoSay() {
    Map<String, ?> vote = Map.of("n", 3, "p", List.of(0.7, 0.3));
    assertThat(of("majority_pmf", vote))
        .containsExactly(new double[] {0.784, 0.216, 0}, within(1e-14));
    double kl = 0.784 * Math.log(0.784 / 0.7) + 0.216 * Math.log(0.216 / 0.3);
    assertThat(of("majority_kl", vote)[0]).isCloseTo(kl, within(1e-14));
  }

  /// What underflows is asked for by its logarithm: `D_n ~ n (n-1)² ε³/24`, `w_n ~ n (n-1) ε³/12`.
  @ParameterizedTest
  @CsvSource({"kl_gap_lower, 1.5", "win_rate_gap_lower, 1"})
  void theGapsOfTheBestOutcomeTakeLogarithms(String name, double cubes) {
    double logEpsilon = -230;
    double found = of(name, Map.of("n", 4, "log_epsilon", logEpsilon))[0];
    assertThat(found / Math.exp(3 * logEpsilon)).isCloseTo(cubes, within(1e-9));
    assertThat(of(name, Map.of("n", 4, "log_epsilon", Math.log(0.3)))[0])
        .isCloseTo(of(name, Map.of("n", 4, "epsilon", 0.3))[0], within(1e-15));
    assertThat(of(name, Map.of("n", 4, "log_epsilon", 0))[0])
        .isEqualTo(of(name, Map.of("n", 4, "epsilon", 1))[0]);
  }

  /// `0.05 = p^10`, where all of ten passed.
  @Test
  void theLowerBoundOfWhatAlwaysPassedIsARoot() {
    Map<String, ?> tens = Map.of("count", 10, "total", 10, "alpha", 0.05);
    assertThat(of("clopper_pearson_lower", tens)[0]).isCloseTo(Math.pow(0.05, 0.1), within(1e-12));
  }

  /// Of a pool of two the best of two is always the better one.
  @Test
  void thePooledBoundIsThatOfTheWinner() {
    Map<String, ?> two =
        Map.of(
            "outcomes", List.of(1, 2),
            "rewards", List.of(1, 2),
            "log_p", List.of(-1, -2),
            "n", 2);
    assertThat(of("pool_kl_bound", two)[0])
        .isCloseTo(of("kl_bound", Map.of("n", 2, "log_epsilon", -2))[0], within(1e-14))
        .isBetween(0.1, Math.log(2) - 0.5);
  }

  /// Whether a draw reached the threshold decides what is known of its drift.
  @Test
  void aDrawThatStoppedIsWorthItsTries() {
    assertThat(
            of("early_stop_kl_estimate", Map.of("n", 4, "draws", 3, "stopped", true, "log_p", -5)))
        .containsExactly(1.5);
    assertThat(
            of("early_stop_kl_estimate", Map.of("n", 4, "draws", 4, "stopped", false, "log_p", -5)))
        .isEqualTo(of("sharp_kl_bound", Map.of("n", 4, "log_epsilon", -5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sharp_kl_lower", "selection_kl_term"})
  void boundsTakeLogarithms(String name) {
    Map<String, Object> plain = new HashMap<>(Map.of("n", 8, "epsilon", 0.2));
    Map<String, Object> ofLog = new HashMap<>(Map.of("n", 8, "log_epsilon", Math.log(0.2)));
    if (name.equals("sharp_kl_lower")) {
      plain.put("c", 0.9);
      ofLog.put("c", 0.9);
    }
    assertThat(of(name, ofLog)[0]).isCloseTo(of(name, plain)[0], within(1e-14)).isPositive();
  }

  /// What answers leave of 1 is silence, but for what rounding may have left.
  @Test
  void aVoteOfNobodyIsSilent() {
    double[] silent = of("majority_pmf", Map.of("n", 3, "p", List.of(0.7, 0.2)));
    assertThat(silent[2]).isCloseTo(0.001, within(1e-15));
    double[] rounded = of("majority_pmf", Map.of("n", 3, "p", List.of(0.7, 0.3 - 1e-10)));
    assertThat(rounded[2]).isZero();
  }

  @Test
  void anOutcomeMayHaveNoProbability() {
    Map<String, ?> two = Map.of("n", 4, "p", List.of(0.5, 0.5), "rewards", List.of(1, 2));
    Map<String, ?> three = Map.of("n", 4, "p", List.of(0.5, 0, 0.5), "rewards", List.of(1, 1, 2));
    assertThat(of("tied_best_of_n_kl", three)).isEqualTo(of("tied_best_of_n_kl", two));
  }

  @Test
  void everyTopicListsItsQuantities() {
    List<List<NamedQuantity>> topics =
        List.of(
            FormulaQuantities.all(),
            LawQuantities.all(),
            BoundQuantities.all(),
            RewindQuantities.all(),
            EarlyStopQuantities.all(),
            PoolQuantities.all(),
            IntervalQuantities.all(),
            SelectionQuantities.all(),
            PlanQuantities.all(),
            TradeoffQuantities.all());
    assertThat(topics).allSatisfy(topic -> assertThat(topic).isNotEmpty().doesNotContainNull());
    assertThat(topics.stream().flatMap(List::stream).map(NamedQuantity::name))
        .containsExactlyElementsOf(Quantities.all().stream().map(NamedQuantity::name).toList());
  }

  @Test
  void infinitiesAreWords() {
    assertThat(of("kl_bound", Map.of("n", 4, "log_epsilon", "-inf")))
        .containsExactly(of("analytical_kl", Map.of("n", 4))[0]);
    assertThat(of("tilted_mean", Map.of("values", List.of(1, 2), "t", "inf"))).containsExactly(2);
  }

  @Test
  void outcomesAreNamedByAnyValues() {
    Map<String, Object> pool =
        Map.of(
            "outcomes", List.of("a", List.of("a"), "a"),
            "rewards", List.of(1, 2, 1),
            "log_p", List.of(-2, -3, -2),
            "n", 2);
    Map<String, Object> numbered =
        Map.of(
            "outcomes", List.of(4, 9, 4),
            "rewards", List.of(1, 2, 1),
            "log_p", List.of(-2, -3, -2),
            "n", 2);
    assertThat(of("pool_kl_upper", pool)).isEqualTo(of("pool_kl_upper", numbered));
    assertThat(of("pool_kl_upper", pool)[0]).isPositive();
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    assertRefused(
        "kl_bound", Map.of("n", 4), "needs either \"epsilon\" or \"log_epsilon\", found neither");
    assertRefused(
        "kl_bound",
        Map.of("n", 4, "epsilon", 0.1, "log_epsilon", -2),
        "needs either \"epsilon\" or \"log_epsilon\", found both");
    assertRefused("kl_bound", Map.of("epsilon", 0.1), "missing input \"n\"");
    assertRefused(
        "kl_bound",
        Map.of("n", 4, "eps", 0.1),
        "unknown input \"eps\"; expected n, epsilon, log_epsilon");
    assertRefused(
        "analytical_kl",
        Map.of("n", "four"),
        "n must be a number (or \"inf\", \"-inf\"), was \"four\"");
    assertRefused(
        "analytical_kl",
        Map.of("n", List.of(1, "x")),
        "n must be a number (or \"inf\", \"-inf\"), was [1,\"x\"]");
    assertRefused(
        "analytical_kl",
        Map.of("n", Map.of("a", true)),
        "n must be a number (or \"inf\", \"-inf\"), was {\"a\":true}");
    assertRefused(
        "analytical_kl",
        Map.of("n", Double.NaN),
        "n must be a number (or \"inf\", \"-inf\"), was NaN");
    assertRefused("analytical_kl", Map.of("n", "x".repeat(58)), "was \"" + "x".repeat(58) + "\"");
    assertRefused("analytical_kl", Map.of("n", "x".repeat(80)), "was \"" + "x".repeat(59) + "…");
    assertRefused(
        "pass_at_k",
        Map.of("samples", 2.5, "correct", 1, "k", 1),
        "samples must be a whole number, was 2.5");
    assertRefused(
        "pass_at_k",
        Map.of("samples", 1e17, "correct", 1, "k", 1),
        "samples must be a whole number, was 1.0E17");
    assertRefused(
        "pass_at_k",
        Map.of("samples", 3e9, "correct", 1, "k", 1),
        "samples must be at most 2147483647, was 3000000000");
    assertRefused(
        "pass_at_k",
        Map.of("samples", 1L << 53, "correct", 1, "k", 1),
        "samples must be at most 2147483647, was 9007199254740992");
    assertRefused(
        "early_stop_kl_estimate",
        Map.of("n", 4, "draws", 2, "stopped", "yes", "log_p", -1),
        "stopped must be true or false, was \"yes\"");
    assertRefused("tilted_mean", Map.of("values", 3, "t", 1), "values must be a list, was 3");
    assertRefused(
        "tilted_mean",
        Map.of("values", Arrays.asList(1, null), "t", 1),
        "values[1] must be a number (or \"inf\", \"-inf\"), was null");
    assertRefused(
        "collision_probability",
        Map.of("counts", List.of(1, 0.5)),
        "counts[1] must be a whole number, was 0.5");
    assertRefused(
        "log_p_evidence",
        Map.of("outcomes", List.of(List.of(1)), "log_p", List.of()),
        "outcomes and log_p need a list per prompt each, found 1 and 0");
    assertRefused(
        "tied_best_of_n_kl",
        Map.of("n", 2, "p", List.of(0.5, -0.5), "rewards", List.of(1, 2)),
        "p[1] must be at least 0, was -0.5");
    assertThat(Quantities.named("kl_bounds")).isEmpty();
  }

  private static void assertRefused(String name, Map<String, ?> inputs, String message) {
    assertThatThrownBy(() -> of(name, inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(message);
  }
}
