package topdraw.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topdraw.theory.Tables;
import topdraw.theory.finding.Bounded;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Role;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Selection;

/// Exact numbers beside their bounds.
class ExactFindingsTest {
  static LongStream seeds() {
    return Tables.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyProvenBoundHoldsBesideTheTruth(long seed) {
    Tables tables = Tables.of(seed);
    OutcomeTable table = tables.table();
    int n = tables.wholeN();
    double threshold = tables.rewards()[tables.random().nextInt(tables.rewards().length)];
    Stream.of(
            new Selection.BestOfN(n),
            new Selection.EarlyStop(n, threshold),
            new Selection.RewindAndRepeat(threshold),
            new Selection.SoftBestOfN(Math.min(n, 1000), 0.5),
            new Selection.BestOfPoisson(n))
        .map(selection -> ExactFindings.of(selection, table))
        .flatMap(List::stream)
        .forEach(ExactFindingsTest::assertBounded);
    ExactFindings.ofOptimum(table, 0.5).forEach(ExactFindingsTest::assertBounded);
  }

  private static void assertBounded(Bounded number) {
    double truth = number.truth().value();
    assertThat(number.truth().evidence()).isEqualTo(Evidence.EXACT);
    for (Finding bound : number.bounds()) {
      assertThat(bound.quantity()).isEqualTo(number.truth().quantity());
      if (bound.evidence() == Evidence.THEOREM) {
        double room = 1e-9 * Math.max(Math.abs(truth), Math.abs(bound.value())) + 1e-12;
        double over =
            bound.role() == Role.UPPER_BOUND ? truth - bound.value() : bound.value() - truth;
        assertThat(over).as("%s against %s", bound, truth).isLessThanOrEqualTo(room);
      }
    }
  }

  @Test
  void theTightestProvenBoundIsTheDefaultAndAConjectureNever() {
    Bounded number =
        ExactFindings.of(new Selection.BestOfN(2), OutcomeTable.ofProbabilities(0.4, 0.2, 0.2, 0.2))
            .get(1);

    assertThat(number.tightest(Role.UPPER_BOUND).orElseThrow().source().title()).contains("T5");
    assertThat(number.tightest(Role.LOWER_BOUND).orElseThrow().source().title()).contains("T4");
    assertThat(number.bounds())
        .anySatisfy(
            bound -> {
              assertThat(bound.evidence()).isEqualTo(Evidence.CONJECTURE);
              assertThat(bound.source().title()).endsWith("refuted here");
              assertThat(bound.value()).isLessThan(number.truth().value());
            });
  }

  /// The numbers, and beside each the sources of its bounds, in their order.
  @Test
  void everyNumberNamesItsSources() {
    OutcomeTable table = OutcomeTable.ofProbabilities(0.4, 0.3, 0.3);
    String ceiling = "T5, any policy of this KL divergence";

    assertThat(sources(new Selection.BestOfN(2), table).getFirst()).hasSize(9);
    assertThat(sources(new Selection.BestOfN(3), table).getFirst())
        .hasSize(10)
        .last()
        .isEqualTo("T3 with 1/24, checked numerically");
    assertThat(sources(new Selection.BestOfN(3), table).getLast())
        .containsExactly("K_n, Lemma 4.5", "K_n/2, T2", "from the mean of (25), T2");
    assertThat(sources(new Selection.RewindAndRepeat(1), table))
        .containsExactly(List.of(), List.of(ceiling), List.of(), List.of());
    assertThat(sources(new Selection.SoftBestOfN(3, 0.5), table).getFirst())
        .containsExactly("K_n, for any rule", "from the range of rewards");
    assertThat(sources(new Selection.BestOfPoisson(3), table).getFirst())
        .containsExactly("continuous rewards");
    assertThat(ExactFindings.ofOptimum(table, 0.5))
        .extracting(number -> number.truth().quantity().word())
        .containsExactly("kl", "win_rate", "expected_reward");
  }

  private static List<List<String>> sources(Selection selection, OutcomeTable table) {
    return ExactFindings.of(selection, table).stream()
        .map(number -> number.bounds().stream().map(bound -> bound.source().title()).toList())
        .toList();
  }

  /// One draw sits on the conjectured curve: that is no refutation.
  @Test
  void whatTheConjectureMeetsDoesNotRefuteIt() {
    List<Finding> bounds =
        ExactFindings.of(new Selection.BestOfN(1), OutcomeTable.ofProbabilities(0.4, 0.3, 0.3))
            .get(1)
            .bounds();

    assertThat(bounds.getLast().source().title())
        .isEqualTo("Conjecture 7.2 as we read it: false elsewhere");
  }
}
