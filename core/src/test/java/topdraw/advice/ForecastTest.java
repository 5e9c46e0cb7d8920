package topdraw.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.PassAtK;

/// Forecasts of pass@k, held to what hidden draws of large pools show.
class ForecastTest {
  private static Finding forecast(List<Scored> prompts, int k) {
    Advice advice = Forecast.of(Drawn.of(prompts), List.of(k), Optional.empty());
    return Drawn.find(advice.rows().getFirst(), Quantity.PASS_AT_K, Role.VALUE).orElseThrow();
  }

  private static List<Scored> prompts(int count, int draws, RandomGenerator random) {
    return IntStream.range(0, count)
        .mapToObj(_ -> Drawn.passes(Math.pow(random.nextDouble(), 3), draws, random))
        .toList();
  }

  /// Of pools of 256 draws only the first 64 are shown; all 256 say what pass@k is.
  @Test
  void hiddenDrawsMeetTheForecast() {
    var random = Drawn.random(7);
    int held = 0;
    int asked = 0;
    double errors = 0;
    for (int run = 0; run < 20; run++) {
      List<Scored> all = prompts(60, 256, random);
      List<Scored> shown = all.stream().map(one -> one.first(64)).toList();
      for (int k : new int[] {96, 128, 192}) {
        double truth =
            all.stream()
                .mapToDouble(one -> PassAtK.of(256, one.passing(256), k))
                .average()
                .orElseThrow();
        Finding told = forecast(shown, k);
        Interval interval = told.interval().orElseThrow();
        asked++;
        held += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
        errors += told.value() - truth;
      }
    }
    assertThat((double) held / asked).isGreaterThan(0.95);
    assertThat(errors / asked).isBetween(-0.02, 0.02);
  }

  @Test
  void whatIsFarNeedsTheModelAndStandsBesideTheEnvelope() {
    List<Scored> prompts = prompts(100, 16, Drawn.random(3));
    Advice advice = Forecast.of(Drawn.of(prompts), List.of(1_000), Optional.empty());
    Advice.Row row = advice.rows().getFirst();
    Finding told = Drawn.find(row, Quantity.PASS_AT_K, Role.VALUE).orElseThrow();
    assertThat(told.source().id()).isEqualTo("tail_model");
    assertThat(told.evidence()).isEqualTo(Evidence.ESTIMATE);
    Finding most = Drawn.find(row, Quantity.PASS_AT_K, Role.UPPER_BOUND).orElseThrow();
    assertThat(most.evidence()).isEqualTo(Evidence.ESTIMATE);
    assertThat(most.value()).isBetween(told.value(), 1.0);
  }

  /// Where the model that takes over says less than what needs none, it says that.
  @Test
  void moreDrawsAreNeverForetoldToPassLessOften() {
    int fell = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<Scored> prompts = prompts(60, 16, Drawn.random(seed));
      Advice advice = Forecast.of(Drawn.of(prompts), List.of(64, 65), Optional.empty());
      if (advice.rows().size() == 2) {
        Finding near =
            Drawn.find(advice.rows().get(0), Quantity.PASS_AT_K, Role.VALUE).orElseThrow();
        Finding far =
            Drawn.find(advice.rows().get(1), Quantity.PASS_AT_K, Role.VALUE).orElseThrow();
        assertThat(far.value()).as("seed %d", seed).isGreaterThanOrEqualTo(near.value());
        assertThat(far.interval().orElseThrow().lower())
            .isBetween(near.interval().orElseThrow().lower(), far.value());
        assertThat(far.interval().orElseThrow().upper()).isGreaterThanOrEqualTo(far.value());
        fell += far.value() == near.value() ? 1 : 0;
      }
    }
    assertThat(fell).isPositive();
  }

  /// One prompt: every k at once, as far as one likes. The rate is 0.05.
  @Test
  void ofGivenPromptsRatesProveEveryK() {
    var random = Drawn.random(11);
    int failed = 0;
    int wide = 0;
    for (int run = 0; run < 200; run++) {
      List<Scored> prompts = List.of(Drawn.passes(0.05, 100, random));
      Advice.Row row =
          Forecast.of(Drawn.of(prompts), List.of(200), Optional.of(Scope.DRAWS)).rows().getFirst();
      Finding lower = Drawn.find(row, Quantity.PASS_AT_K, Role.LOWER_BOUND).orElseThrow();
      Finding upper = Drawn.find(row, Quantity.PASS_AT_K, Role.UPPER_BOUND).orElseThrow();
      double truth = 1 - Math.pow(0.95, 200);
      failed += lower.value() <= truth && truth <= upper.value() ? 0 : 1;
      wide += lower.value() < 0.9 ? 1 : 0;
      assertThat(List.of(lower, upper)).allMatch(Drawn::proves);
    }
    assertThat(failed).isBetween(4, 30);
    assertThat(wide).isBetween(10, 390);
  }

  @Test
  void itIsRefusedWhereNothingCanBeTold() {
    var random = Drawn.random(5);
    List<Scored> prompts = prompts(20, 8, random);
    assertThat(reasons(prompts, 8, 16))
        .containsExactly("k = 8: no more than the draws recorded; the curve has it");
    List<Scored> never = IntStream.range(0, 20).mapToObj(_ -> Drawn.rewards(0, 0, 0, 0)).toList();
    assertThat(reasons(never, 8))
        .containsExactly("k = 8: a forecast needs at least 5 prompts with a success");
    List<Scored> graded = List.of(Drawn.rewards(0.5, 1), Drawn.rewards(0, 3));
    assertThat(reasons(graded, 8).getFirst()).contains("not all 0 or 1");
    List<Scored> errs = new ArrayList<>(prompts);
    errs.replaceAll(
        one -> new Scored(one.rewards(), Arrays.stream(one.rewards()).map(r -> 1 - r).toArray()));
    assertThat(reasons(errs, 16).getFirst()).contains("what passes is no success");
  }

  private static List<String> reasons(List<Scored> prompts, Integer... ks) {
    return Forecast.of(Drawn.of(prompts), List.of(ks), Optional.of(Scope.PROMPTS)).refused();
  }
}
